  build();
  follow();
