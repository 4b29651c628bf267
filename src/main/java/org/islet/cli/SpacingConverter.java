package org.islet.cli;

import org.islet.volume.Spacing;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a spacing such as {@code 0.8,0.8,1}: mm along x, y and z. */
final class SpacingConverter implements ITypeConverter<Spacing> {

  @Override
  public Spacing convert(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length != 3) {
      throw new TypeConversionException("three numbers were expected, as in 0.8,0.8,1.");
    }
    try {
      return new Spacing(
          Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
    } catch (NumberFormatException e) {
      throw new TypeConversionException("three numbers were expected, as in 0.8,0.8,1.");
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
