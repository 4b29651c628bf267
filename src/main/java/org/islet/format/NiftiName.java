package org.islet.format;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the names of NIfTI files say. */
public final class NiftiName {

  /** What nnU-Net appends to the name of a case's CT. */
  private static final String CHANNEL = "_0000";

  private static final Pattern NIFTI = Pattern.compile("([^.].*)\\.(?:nii|nii\\.gz|hdr)");

  private NiftiName() {}

  /**
   * The name of a NIfTI file ({@code .nii}, {@code .nii.gz} or {@code .hdr}) without its extension;
   * nothing for other files and for hidden ones.
   */
  public static Optional<String> of(Path file) {
    Matcher matcher = NIFTI.matcher(file.getFileName().toString());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** A name without the {@code _0000} that nnU-Net appends to the CT's, if it has it. */
  public static String withoutChannel(String name) {
    return name.endsWith(CHANNEL) ? name.substring(0, name.length() - CHANNEL.length()) : name;
  }

  /** The case that a CT's name stands for: one of those given, else what it is without channel. */
  public static String caseOf(String name, Set<String> cases) {
    return cases.contains(name) ? name : withoutChannel(name);
  }
}
