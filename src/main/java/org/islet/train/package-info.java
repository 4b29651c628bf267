/** 3D U-Nets built and trained in TensorFlow Java and exported as SavedModels. */
package org.islet.train;
