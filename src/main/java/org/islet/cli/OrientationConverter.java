package org.islet.cli;

import org.islet.volume.Orientation;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the directions of three axes, such as {@code LPS}. */
final class OrientationConverter implements ITypeConverter<Orientation> {

  @Override
  public Orientation convert(String text) {
    try {
      return new Orientation(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
