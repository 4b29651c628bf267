package org.islet.cli;

/** A setting whose value cannot be meant. The message is a sentence for whoever set it. */
final class SettingException extends RuntimeException {

  SettingException(String sentence) {
    super(sentence);
  }
}
