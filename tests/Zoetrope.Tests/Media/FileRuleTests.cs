using Zoetrope.Formats;
using Zoetrope.Validation;

namespace Zoetrope.Tests;

/// <summary>The limits of files are checked where the input holds the file.</summary>
public sealed class FileRuleTests
{
    private static readonly FileRule Rule =
        new() { MaxBytes = 1000, MinWidth = 300, MinHeight = 200, MaxWidth = 2000, MaxHeight = 1500, MinAspectRatio = 0.4, MaxAspectRatio = 2.5 };

    public static TheoryData<string, byte[]> Images(int width, int height) => new()
    {
        { "PNG", Png(width, height) },
        { "GIF", [.. "GIF89a"u8, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0, 0] },
        { "WebP lossy", [.. "RIFF0000WEBPVP8 0000"u8, 0, 0, 0, 0x9D, 0x01, 0x2A, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8)] },
        { "WebP lossless", [.. "RIFF0000WEBPVP8L0000"u8, 0x2F, .. BitConverter.GetBytes((uint)((width - 1) | ((height - 1) << 14))), 0, 0, 0, 0, 0] },
        { "WebP extended", [.. "RIFF0000WEBPVP8X0000"u8, 0, 0, 0, 0, .. Small(width - 1), .. Small(height - 1)] },
        { "JPEG", Jpeg(width, height) },
    };

    [Theory]
    [MemberData(nameof(Images), 640, 480)]
    public void An_image_within_the_limits_is_fine(string format, byte[] file) => Assert.True(Check(file).IsValid, format);

    [Theory]
    [MemberData(nameof(Images), 299, 480)]
    public void An_image_that_is_too_narrow_is_reported(string format, byte[] file)
    {
        var issue = Assert.Single(Check(file).Issues);

        Assert.Equal("image_url: the file must have a width of at least 300 pixels, but has 299", issue.ToString());
        Assert.NotEmpty(format);
    }

    [Theory]
    [MemberData(nameof(Images), 2001, 700)]
    public void Everything_about_an_image_is_reported(string format, byte[] file)
    {
        Assert.Equal(
            ["a width of at most 2000 pixels", "an aspect ratio of at most 2.5"],
            Check(file).Issues.Select(issue => issue.Limit));
        Assert.NotEmpty(format);
    }

    [Fact]
    public void The_size_is_that_of_the_decoded_file()
    {
        Assert.True(Check(new byte[1000]).IsValid);
        var issue = Assert.Single(Check(new byte[1001]).Issues);
        Assert.Equal(("at most 1000 bytes", "1001", ValidationRule.File), (issue.Limit, issue.Actual, issue.Rule));
    }

    [Fact]
    public void A_JPEGs_size_is_found_after_its_metadata()
    {
        byte[] metadata = [0xFF, 0xE1, 0xFF, 0xFF, .. new byte[0xFFFD]];
        byte[] file = [0xFF, 0xD8, .. metadata, .. metadata, .. Jpeg(100, 400)[2..]];

        Assert.Contains("a width of at least 300 pixels", Check(file).Issues.Select(issue => issue.Limit));
    }

    [Theory]
    [InlineData("data:image/png;base64,AA=A")]
    [InlineData("data:image/png;base64,A")]
    [InlineData("data:image/png;base64,@@@@")]
    [InlineData("data:image/png;base64")]
    public void Data_that_cannot_be_decoded_is_reported(string uri) => Assert.Equal(ValidationRule.File, Assert.Single(Check(uri).Issues).Rule);

    [Theory]
    [InlineData("https://a.test/large.png")]
    [InlineData("data:text/plain,hello")]
    [InlineData(null)]
    public void Nothing_is_checked_of_what_holds_no_file(string? uri) => Assert.True(Check(uri).IsValid);

    [Fact]
    public void Images_that_cannot_be_read_are_left_to_the_provider()
    {
        Assert.True(Check([1, 2, 3]).IsValid);
        for (var length = 1; length < 40; length++)
        {
            foreach (var row in Images(100, 400))
                Check(row.Data.Item2[..Math.Min(length, row.Data.Item2.Length)]);
        }
        Assert.True(Check([0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF]).IsValid);
        Assert.True(Check([0xFF, 0xD8, 0xFF, 0xFF, 0xFF, 0xFF]).IsValid);
    }

    public static TheoryData<string, byte[]> Formats => new()
    {
        { "png", Png(1, 1) }, { "jpeg", Jpeg(1, 1) }, { "gif", [.. "GIF89a"u8, .. new byte[8]] }, { "webp", [.. "RIFF0000WEBPVP8 "u8] },
        { "bmp", [.. "BM"u8, .. new byte[12]] }, { "tiff", [.. "II*\0"u8, .. new byte[8]] }, { "avif", [0, 0, 0, 24, .. "ftypavif0000"u8] },
        { "heif", [0, 0, 0, 24, .. "ftypheic0000"u8] }, { "mp4", [0, 0, 0, 24, .. "ftypisom0000"u8] }, { "mov", [0, 0, 0, 24, .. "ftypqt  0000"u8] },
        { "m4a", [0, 0, 0, 24, .. "ftypM4A 0000"u8] }, { "webm", [0x1A, 0x45, 0xDF, 0xA3, .. "0000webm0000"u8] }, { "avi", [.. "RIFF0000AVI LIST"u8] },
        { "mkv", [0x1A, 0x45, 0xDF, 0xA3, .. "0000matroska"u8] }, { "wav", [.. "RIFF0000WAVEfmt "u8] }, { "mp3", [.. "ID3"u8, .. new byte[12]] },
        { "aac", [0xFF, 0xF1, .. new byte[12]] }, { "ogg", [.. "OggS"u8, .. new byte[12]] }, { "flac", [.. "fLaC"u8, .. new byte[12]] },
        { "aiff", [.. "FORM0000AIFF"u8] }, { "glb", [.. "glTF"u8, .. new byte[12]] }, { "pdf", [.. "%PDF-1.7 0000"u8] },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_of_another_format_is_reported(string format, byte[] file)
    {
        var (type, other) = ("application/octet-stream", format == "tiff" ? "svg" : "tiff");

        Assert.True(CheckFormat(file, type, "svg " + format).IsValid);
        Assert.Equal($"image_url: the file must have the format svg or {other}, but has {format}", Assert.Single(CheckFormat(file, type, "svg " + other).Issues).ToString());
    }

    [Fact]
    public void A_file_that_is_called_by_one_of_the_formats_is_valid()
    {
        Assert.True(CheckFormat(Png(1, 1), "image/jpg", "jpeg").IsValid);
        Assert.True(CheckFormat(Png(1, 1), "image/jpeg", "jpeg").IsValid);
        Assert.True(CheckFormat([.. "ftyp"u8, .. new byte[20]], "video/quicktime", "mp4").IsValid);
        Assert.True(CheckFormat([0, 0, 0, 24, .. "ftypqt  0000"u8], "video/mp4", "mp4").IsValid);
        Assert.False(CheckFormat(Png(1, 1), "image/png", "jpeg").IsValid);
    }

    [Fact]
    public void What_is_of_no_known_format_is_left_to_the_provider()
    {
        Assert.True(CheckFormat([1, 2, 3], "image/png", "jpeg").IsValid);
        Assert.True(CheckFormat([.. "<svg xmlns='http://www.w3.org/2000/svg'/>"u8], "image/svg+xml", "jpeg").IsValid);
        Assert.True(CheckFormat([.. "PK"u8, 3, 4, .. new byte[12]], "application/zip", "jpeg").IsValid);
        foreach (var row in Formats)
        {
            for (var length = 0; length < 12; length++)
                Assert.True(CheckFormat(row.Data.Item2[..length], "a/b", "svg").IsValid, row.Data.Item1);
        }
    }

    [Theory]
    [InlineData("https://a.test/a.gif")]
    [InlineData("data:image/gif,GIF89a0000000000")]
    [InlineData("data:image/gif;base64")]
    [InlineData(null)]
    public void No_format_is_checked_of_what_holds_no_file(string? uri)
    {
        var context = new ValidationContext();
        context.FileFormat(uri, "image_url", "jpeg");
        Assert.True(context.ToResult().IsValid);
    }

    private static ValidationResult CheckFormat(byte[] file, string type, string formats)
    {
        var context = new ValidationContext();
        context.FileFormat(DataUri.FromBytes(file, type), "image_url", formats);
        return context.ToResult();
    }

    private static ValidationResult Check(byte[] file) => Check(DataUri.FromBytes(file));

    private static ValidationResult Check(string? uri)
    {
        var context = new ValidationContext();
        context.File(uri, "image_url", Rule);
        return context.ToResult();
    }

    private static byte[] Png(int width, int height) =>
        [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, .. BigEndian(width), .. BigEndian(height), 8, 6, 0, 0, 0];

    private static byte[] Jpeg(int width, int height) =>
        [
            0xFF,
            0xD8,
            0xFF,
            0xE0,
            0,
            4,
            1,
            1,
            0xFF,
            0xFF,
            0xC4,
            0,
            3,
            0,
            0xFF,
            0xC2,
            0,
            11,
            8,
            (byte)(height >> 8),
            (byte)height,
            (byte)(width >> 8),
            (byte)width,
            1,
            0,
            0,
            0
        ];

    private static byte[] BigEndian(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] Small(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];
}
