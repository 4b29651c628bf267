"""Turns the phantoms of `./islet phantom` into a made-up data set laid out as NIH Pancreas-CT is.

    /usr/bin/python3 src/test/python/made_up_nih.py PHANTOMS OUT

OUT/Pancreas-CT/PANCREAS_0001/<study>/<series>/*.dcm     one file a slice, in no order
OUT/TCIA_pancreas_labels-02-05-2017/label0001.nii.gz     1 is the pancreas

Numbers have a gap, as the real ones do. Odd cases are Explicit VR Little Endian, even ones Implicit.
A label has its CT's voxels, rows running to the back as the CT's do, but its header says that they run
to the front, and puts its first voxel at the origin. Needs Debian's python3-pydicom and python3-nibabel.
"""

import random
import sys
from pathlib import Path

import nibabel
import numpy
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import (
    CTImageStorage,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    generate_uid,
)

ABSENT = 4


def to_the_left_and_back(voxels):
    """Axes to the right, front and head become those of an axial slice: left, back, head."""
    return voxels[::-1, ::-1, :]


def reference():
    """A sequence whose length, and whose item's, are not stated."""
    item = Dataset()
    item.ReferencedSOPClassUID = CTImageStorage
    item.ReferencedSOPInstanceUID = generate_uid()
    item.is_undefined_length_sequence_item = True
    return Sequence([item])


def slice_of(case, series, pixels, position, spacing):
    signed = case % 2
    intercept = -1024 if signed else -2000
    ds = Dataset()
    ds.SOPClassUID = CTImageStorage
    ds.SOPInstanceUID = generate_uid()
    ds.SeriesInstanceUID = series
    ds.Modality = "CT"
    ds.PatientName = ds.PatientID = "PANCREAS_%04d" % case
    ds.ReferencedImageSequence = reference()
    ds["ReferencedImageSequence"].is_undefined_length = True
    ds.ImagePositionPatient = ["%.6f" % mm for mm in position]
    ds.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    ds.PixelSpacing = ["%.6f" % spacing[1], "%.6f" % spacing[0]]
    ds.SliceThickness = "%.6f" % spacing[2]
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    ds.Rows, ds.Columns = pixels.shape
    ds.BitsAllocated, ds.BitsStored, ds.HighBit = 16, 16, 15
    ds.PixelRepresentation = signed
    ds.RescaleSlope, ds.RescaleIntercept = 1, intercept
    ds.PixelData = (pixels - intercept).astype("<i2" if signed else "<u2").tobytes()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian if case % 2 else ImplicitVRLittleEndian
    ds.file_meta.MediaStorageSOPClassUID = ds.SOPClassUID
    ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID
    ds.is_little_endian, ds.is_implicit_VR = True, case % 2 == 0
    return ds


def write_ct(case, phantom, folder):
    folder.mkdir(parents=True)
    hu = to_the_left_and_back(numpy.asarray(phantom.dataobj).astype(int))
    right, front = phantom.shape[0] - 1, phantom.shape[1] - 1
    series = generate_uid()
    numbers = list(range(phantom.shape[2]))
    random.Random(case).shuffle(numbers)
    for k, number in enumerate(numbers):
        x, y, z = (phantom.affine @ (right, front, k, 1))[:3]
        ds = slice_of(case, series, hu[:, :, k].T, (-x, -y, z), phantom.header.get_zooms())
        name = "%06d.dcm" % number if case % 2 else "1-%03d.dcm" % (number + 1)
        ds.save_as(folder / name, write_like_original=False)


def write_label(phantom, file):
    inside = to_the_left_and_back(numpy.asarray(phantom.dataobj).astype("u1"))
    x, y, z = phantom.header.get_zooms()
    nibabel.save(nibabel.Nifti1Image(inside, numpy.diag([-x, y, z, 1])), file)


def main(phantoms, out):
    labels = out / "TCIA_pancreas_labels-02-05-2017"
    labels.mkdir(parents=True)
    for count, image in enumerate(sorted((phantoms / "images").iterdir()), start=1):
        case = count if count < ABSENT else count + 1
        study = "11-24-2015-PANCREAS%04d-Pancreas-%d" % (case, 18956 + case)
        folder = out / "Pancreas-CT" / ("PANCREAS_%04d" % case)
        write_ct(case, nibabel.load(image), folder / study / ("Pancreas-%d" % (99666 + case)))
        label = nibabel.load(phantoms / "labels" / image.name)
        write_label(label, labels / ("label%04d.nii.gz" % case))
    (out / "Pancreas-CT" / "LICENSE").write_text("Made up.\n")


main(Path(sys.argv[1]), Path(sys.argv[2]))
