using System.Buffers.Binary;
using System.Text;

namespace Zoetrope.Simulator.Tests;

public sealed class FileTests
{
    [Fact]
    public async Task Fals_result_is_true_about_its_file()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var submitted = await client.SendAsync("POST", Support.FalId, Support.GoodInput());
        var video = (await client.SendAsync("GET", submitted["response_url"])).Json["video"]!;
        using var response = await client.GetAsync(video["url"]!.ToString());
        var content = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(video["content_type"]!.ToString(), response.Content.Headers.ContentType!.ToString());
        Assert.Equal(video["file_size"]!.GetValue<int>(), content.Length);
        Assert.Equal(content.Length, response.Content.Headers.ContentLength);
        Assert.Equal("output.mp4", video["file_name"]!.ToString());
        AssertVideo(content);
    }

    [Fact]
    public async Task Eachlabs_output_is_a_video()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var created = await client.SendAsync("POST", "v1/prediction", Support.Create(Support.GoodInput()));
        var output = (await client.SendAsync("GET", "v1/prediction/" + created["predictionID"]))["output"];
        using var noKey = simulator.Client(null);
        using var response = await noKey.GetAsync(output);
        Assert.Equal("video/mp4", response.Content.Headers.ContentType!.ToString());
        AssertVideo(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Each_job_has_files_of_its_own()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var urls = new HashSet<string>();
        for (var i = 0; i < 3; i++)
            urls.Add((await client.SendAsync("POST", "run/" + Support.FalId, Support.GoodInput())).Json["video"]!["url"]!.ToString());
        Assert.Equal(3, urls.Count);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_found()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        Assert.Equal(404, (await client.SendAsync("GET", "files/a/b.mp4")).Status);
    }

    [Theory]
    [InlineData("image", "image/png", ".png")]
    [InlineData("audio", "audio/wav", ".wav")]
    [InlineData("video", "video/mp4", ".mp4")]
    [InlineData("array", "image/png", ".png")]
    public async Task Every_output_type_has_files_of_its_kind(string outputType, string contentType, string extension)
    {
        using var specs = new TemporaryFolder();
        specs.Write("page.md", Embedded.Page("eachlabs/kling-o3-pro-image-to-video.md").Replace("**Output Type:** video", $"**Output Type:** {outputType}"));
        await using var simulator = await MediaSimulator.StartAsync(new() { SpecsFolder = specs.Path, QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero });
        using var client = simulator.Client();
        var created = await client.SendAsync("POST", "v1/prediction", Support.Create(Support.GoodInput()));
        var output = (await client.SendAsync("GET", "v1/prediction/" + created["predictionID"])).Json["output"]!;
        var url = (outputType == "array" ? output[0] : output)!.ToString();
        Assert.EndsWith(extension, url);
        using var response = await client.GetAsync(url);
        Assert.Equal(contentType, response.Content.Headers.ContentType!.ToString());
        var content = await response.Content.ReadAsByteArrayAsync();
        if (contentType == "image/png")
            AssertPicture(content);
        else if (contentType == "audio/wav")
            AssertSound(content);
        else
            AssertVideo(content);
    }

    /// <summary>Follows the boxes down to the sample, and the sample to its only picture.</summary>
    private static void AssertVideo(byte[] file)
    {
        var top = Boxes(file);
        Assert.Equal(["ftyp", "moov", "mdat"], top.Select(box => box.Type));
        Assert.Equal("isom", Encoding.ASCII.GetString(top[0].Content[..4]));
        var movie = Boxes(top[1].Content);
        Assert.Equal(["mvhd", "trak"], movie.Select(box => box.Type));
        Assert.Equal(100, movie[0].Content.Length);
        var track = Boxes(movie[1].Content);
        Assert.Equal(["tkhd", "mdia"], track.Select(box => box.Type));
        Assert.Equal(84, track[0].Content.Length);
        var media = Boxes(track[1].Content);
        Assert.Equal(["mdhd", "hdlr", "minf"], media.Select(box => box.Type));
        Assert.Equal("vide", Encoding.ASCII.GetString(media[1].Content[8..12]));
        var table = Boxes(Boxes(media[2].Content).Single(box => box.Type == "stbl").Content).ToDictionary(box => box.Type, box => box.Content);
        var size = BinaryPrimitives.ReadInt32BigEndian(table["stsz"].AsSpan(4));
        var offset = BinaryPrimitives.ReadInt32BigEndian(table["stco"].AsSpan(8));
        Assert.Equal(file.Length, offset + size);
        Assert.Equal(size - 4, BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(offset)));
        Assert.Equal(0x65, file[offset + 4]);
        Assert.Equal(top[2].Content.Length, size);

        var entry = Assert.Single(Boxes(table["stsd"][8..]));
        Assert.Equal("avc1", entry.Type);
        var configuration = Assert.Single(Boxes(entry.Content[78..]));
        Assert.Equal("avcC", configuration.Type);
        Assert.Equal(66, configuration.Content[1]);
    }

    private static void AssertPicture(byte[] file)
    {
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        var types = new List<string>();
        for (var at = 8; at < file.Length; at += 12 + BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at)))
            types.Add(Encoding.ASCII.GetString(file, at + 4, 4));
        Assert.Equal(["IHDR", "IDAT", "IEND"], types);
        // The checksum of an empty IEND chunk is the same in every PNG file.
        Assert.Equal(0xAE426082, BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(file.Length - 4)));
    }

    private static void AssertSound(byte[] file)
    {
        Assert.Equal("RIFF", Encoding.ASCII.GetString(file, 0, 4));
        Assert.Equal(file.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4)));
        Assert.Equal("WAVEfmt ", Encoding.ASCII.GetString(file, 8, 8));
        Assert.Equal(file.Length - 44, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(40)));
    }

    private static List<(string Type, byte[] Content)> Boxes(byte[] bytes)
    {
        var boxes = new List<(string, byte[])>();
        var at = 0;
        while (at < bytes.Length)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            Assert.InRange(length, 8, bytes.Length - at);
            boxes.Add((Encoding.ASCII.GetString(bytes, at + 4, 4), bytes[(at + 8)..(at + length)]));
            at += length;
        }
        return boxes;
    }
}
