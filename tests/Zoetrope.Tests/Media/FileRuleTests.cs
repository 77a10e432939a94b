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
