package org.islet.stage;

/** What people are told of a class of a jar that Java cannot use. */
final class LinkageText {

  private LinkageText() {}

  /** What is wrong, and what to do. */
  static String of(LinkageError error) {
    if (isInitialiser(error)
        || isInitialiser(error.getCause())) { // the latter from the second time on
      return "a static initialiser fails (%s). Mend it, and build the jar anew."
          .formatted(error.getCause());
    } else if (isMissingClass(error)) {
      return "the class %s is missing. Build the jar with all classes that it needs, and for this version of Islet."
          .formatted(error.getMessage().replace('/', '.'));
    }
    return "it does not fit this version of Islet (%s). Build its jar anew.".formatted(error);
  }

  private static boolean isInitialiser(Throwable error) {
    return error instanceof ExceptionInInitializerError;
  }

  /** Whether its message is a class's name alone, as where no class of that name was found. */
  private static boolean isMissingClass(LinkageError error) {
    return error instanceof NoClassDefFoundError
        && error.getMessage() != null
        && error.getMessage().matches("\\S+");
  }
}
