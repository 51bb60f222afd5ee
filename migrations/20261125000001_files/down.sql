DROP TABLE file_links, files;
