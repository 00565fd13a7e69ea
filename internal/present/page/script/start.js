
  build();
