using System.Text;
using Zoetrope.Formats;
using Zoetrope.Json;
using Zoetrope.Media;

namespace Zoetrope.Tests;

public sealed class MediaFileTests
{
    [Theory]
    [InlineData("""{"url":"https://a.test/b.mp4","content_type":"video/mp4","file_name":"b.mp4","file_size":5,"width":1920,"height":1080,"fps":24,"duration":5.5,"num_frames":132}""")]
    [InlineData("\"https://a.test/b.mp4\"")]
    [InlineData("""{"url":17}""")]
    [InlineData("""{"url":null,"file_size":null}""")]
    [InlineData("""{"content_type":"video/mp4"}""")]
    [InlineData("""{"url":"u","file_size":"big","width":1.5,"other":{"a":1}}""")]
    public void A_file_round_trips_unchanged(string json)
    {
        var file = RawJson.Parse(json).Deserialize<VideoFile>();

        Assert.Equal(json, RawJson.From(file).ToString());
    }

    [Fact]
    public void A_file_without_a_usable_URL_has_an_empty_one_and_keeps_the_original()
    {
        var file = RawJson.Parse("""{"url":17}""").Deserialize<MediaFile>();

        Assert.Equal("", file.Url);
        Assert.Equal("17", file.ExtraProperties["url"].ToString());
        file.Url = "https://a.test/b";
        Assert.Equal("""{"url":"https://a.test/b"}""", RawJson.From(file).ToString());
    }

    [Fact]
    public void A_file_is_passed_on_as_its_URL()
    {
        MediaFile file = new ImageFile { Url = "https://a.test/b.png" };
        string url = file;

        Assert.Equal("https://a.test/b.png", url);
        Assert.Equal(url, file.ToString());
    }

    [Fact]
    public void A_sounds_bit_rate_is_read_as_number_and_as_text()
    {
        Assert.Equal("192000", RawJson.Parse("""{"url":"u","bitrate":192000}""").Deserialize<AudioFile>().Bitrate.ToString());
        Assert.Equal(
            "192k",
            RawJson.Parse("""{"url":"u","bitrate":"192k","channels":2,"sample_rate":44100}""").Deserialize<AudioFile>().Bitrate!.Value.AsString());
    }

    [Theory]
    [InlineData("\"https://a.test/b.mp4\"", "https://a.test/b.mp4")]
    [InlineData("\"just text\"", "")]
    [InlineData("null", "")]
    [InlineData("""["https://a.test/1","text",{"url":"https://a.test/2"},["data:,x"]]""", "https://a.test/1 https://a.test/2 data:,x")]
    [InlineData("""{"video":{"url":"https://a.test/v","thumbnail":{"url":"https://a.test/t"}},"prompt":"https://not.media/","seed":5}""", "https://a.test/v https://a.test/t")]
    [InlineData("""{"image":{"url":"https://a.test/1"},"images":[{"url":"https://a.test/1"},{"url":"https://a.test/2"}]}""", "https://a.test/1 https://a.test/2")]
    [InlineData("""{"a":{"url":17},"b":{"url":null},"c":{"url":"ftp://x"}}""", "")]
    public void The_files_of_a_result_are_found_whatever_its_type(string json, string urls) =>
        Assert.Equal(urls, string.Join(" ", MediaFinder.Find(RawJson.Parse(json)).Select(file => file.Url)));

    [Fact]
    public void Found_files_have_the_metadata_of_the_service() =>
        Assert.Equal(
            "video/mp4",
            Assert.Single(MediaFinder.Find(RawJson.Parse("""{"video":{"url":"https://a.test/v","content_type":"video/mp4"}}"""))).ContentType);

    [Fact]
    public async Task A_local_file_becomes_a_data_URI_of_its_type()
    {
        var path = Path.Combine(Path.GetTempPath(), $"zoetrope-{Guid.NewGuid():N}.webp");
        try
        {
            await File.WriteAllBytesAsync(path, [0x89, (byte)'P', (byte)'N', (byte)'G', 1]);
            Assert.Equal("data:image/png;base64,iVBORwE=", await DataUri.FromFileAsync(path));
            await File.WriteAllTextAsync(path, "?");
            Assert.Equal("data:image/webp;base64,Pw==", await DataUri.FromFileAsync(path));
        }
        finally
        {
            File.Delete(path);
        }
        Assert.Equal("data:application/octet-stream;base64,Pw==", DataUri.FromBytes("?"u8));
        Assert.Equal("data:text/plain;base64,Pw==", DataUri.FromBytes("?"u8, "text/plain"));
    }

    [Theory]
    [InlineData("GIF89a", "image/gif")]
    [InlineData("RIFF0000WEBP", "image/webp")]
    [InlineData("RIFF0000WAVE", "audio/wav")]
    [InlineData("0000ftypisom", "video/mp4")]
    [InlineData("0000ftypqt  ", "video/quicktime")]
    [InlineData("0000ftypavif", "image/avif")]
    [InlineData("0000ftypM4A ", "audio/mp4")]
    [InlineData("ID3", "audio/mpeg")]
    [InlineData("OggS", "audio/ogg")]
    [InlineData("fLaC", "audio/flac")]
    [InlineData("%PDF-", "application/pdf")]
    public void Media_types_are_detected_by_content(string content, string type) =>
        Assert.StartsWith($"data:{type};", DataUri.FromBytes(Encoding.ASCII.GetBytes(content)));

    [Fact]
    public void A_data_URI_is_read_back()
    {
        var bytes = new byte[] { 0, 1, 254, 255 };

        Assert.True(DataUri.TryDecode(DataUri.FromBytes(bytes, "image/png"), out var type, out var back));
        Assert.Equal("image/png", type);
        Assert.Equal(bytes, back);
        Assert.True(DataUri.TryDecode("data:;base64,%2B%2F8%3D", out type, out back));
        Assert.Equal("text/plain", type);
        Assert.Equal([0xFB, 0xFF], back);
        Assert.False(DataUri.TryDecode("https://a.test/", out _, out _));
    }
}
