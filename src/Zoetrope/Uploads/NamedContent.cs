using System.Text;
using Zoetrope.Formats;
using Zoetrope.Validation;

namespace Zoetrope.Uploads;

/// <summary>
/// Warns of a local file whose content is surely not what its name says, such as a text that is called <c>a.png</c>. It is a warning, because only the service
/// knows what it accepts; of a name or a content that is not known, nothing is said.
/// </summary>
internal static class NamedContent
{
    // The formats that begin with what is certain, by what one stands for: a JPEG that is called a PNG is a picture all the same.
    private static readonly string[] Families =
    [
        "png jpeg gif webp avif heif tiff",
        "mp4 mov m4a 3gp webm mkv avi wav ogg flac aiff mp3 aac",
        "pdf",
        "glb",
    ];

    // The boxes that films without a box of their type begin with.
    private static readonly string[] Boxes = ["moov", "mdat", "wide", "free", "skip", "pnot", "styp", "sidx", "uuid"];

    private static ReadOnlySpan<byte> Matroska => [0x1A, 0x45, 0xDF, 0xA3];

    public static void Check(ref ValidationContext context, UploadFile file, string name)
    {
        var named = FileFormats.OfName(file.ContentType ?? file.FileName);
        if (FamilyOf(named) is not { } family)
            return;
        var start = file.Start(FileFormats.StartLength);
        if (start.Length == 0 && file.SizeOrNull() != 0)
            return;
        var found = FileFormats.OfContent(start)?.Split(' ')[0];
        // Pictures in such a container have brands that are not all known.
        if (named is "heif" or "avif" && start.Length > 8 && start[4..8].AsSpan().SequenceEqual("ftyp"u8))
            return;
        if (found is null ? IsCertain(named, start) : FamilyOf(found) != family)
        {
            var mark = context.Mark();
            context.Add(name, ValidationRule.File, $"the content of a {named} file, as its name says", found ?? "another");
            context.Advise(mark);
        }
    }

    private static string? FamilyOf(string format) => Array.Find(Families, family => Array.IndexOf(family.Split(' '), format) >= 0);

    /// <summary>Whether a file of a format always begins with what says so.</summary>
    private static bool IsCertain(string named, ReadOnlySpan<byte> start) => named switch
    {
        // Frames can be found anywhere, readers of PDF look for its mark in the first kilobyte, and a glTF that is not binary is JSON.
        "mp3" or "aac" or "pdf" or "glb" => false,
        "mp4" or "mov" or "m4a" or "3gp" => start.Length < 8 || Array.IndexOf(Boxes, Encoding.Latin1.GetString(start[4..8])) < 0,
        // Rarer beginnings: of large files, and where the kind of a Matroska file comes later.
        "wav" => !start.StartsWith("RF64"u8) && !start.StartsWith("BW64"u8),
        "tiff" => !start.StartsWith("II+\0"u8) && !start.StartsWith("MM\0+"u8),
        "webm" or "mkv" => !start.StartsWith(Matroska),
        _ => true,
    };
}
