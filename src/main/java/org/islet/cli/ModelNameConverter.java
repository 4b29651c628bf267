package org.islet.cli;

import org.islet.model.ModelName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a model's name such as {@code pancreas-fine}. */
final class ModelNameConverter implements ITypeConverter<String> {

  @Override
  public String convert(String text) {
    try {
      return ModelName.require(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
