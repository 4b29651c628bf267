package org.islet.cli;

import org.islet.volume.Size;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a size such as {@code 512,512,240}: voxels along x, y and z. */
final class SizeConverter implements ITypeConverter<Size> {

  @Override
  public Size convert(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length != 3) {
      throw new TypeConversionException("three numbers were expected, as in 512,512,240.");
    }
    try {
      return new Size(
          Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    } catch (NumberFormatException e) {
      throw new TypeConversionException("three whole numbers were expected, as in 512,512,240.");
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
