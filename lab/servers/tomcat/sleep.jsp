<% Thread.sleep(60000); %>ok
