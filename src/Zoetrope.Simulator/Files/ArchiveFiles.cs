using System.IO.Compression;

namespace Zoetrope.Simulator.Files;

/// <summary>Makes archives with one small file in them.</summary>
internal static class ArchiveFiles
{
    public static byte[] Zip() => Zip("output.txt", TextFiles.Text());

    /// <summary>A USDZ package: a ZIP archive whose first file is a scene, uncompressed.</summary>
    public static byte[] Usdz() => Zip("output.usda", "#usda 1.0\n"u8.ToArray());

    public static byte[] TarGz()
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new System.Formats.Tar.TarWriter(gzip))
        {
            using var content = new MemoryStream(TextFiles.Text());
            tar.WriteEntry(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, "output.txt") { DataStream = content });
        }
        return file.ToArray();
    }

    private static byte[] Zip(string name, byte[] content)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
            entry.Write(content);
        }
        return file.ToArray();
    }
}
