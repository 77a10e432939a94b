namespace Zoetrope.Cli.Tests;

/// <summary><c>run --input NAME=@FILE</c>: a local file is checked, uploaded and then submitted.</summary>
public sealed class UploadRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("zoetrope-").FullName;

    [Theory]
    [InlineData(Kling.Neutral, "fal")]
    [InlineData(Kling.Neutral, "eachlabs")]
    [InlineData("image-to-video", "runway")]
    public async Task A_file_is_uploaded_and_said_so(string model, string provider)
    {
        var path = Picture(640, 480);
        var inputs = provider == "runway" ? new[] { "--input", "duration=5", "--input", "aspect_ratio=9:16" } : ["--input", Kling.Prompt];

        var result = await CliProcess.RunAsync(["run", model, "--simulate", "--provider", provider, "--input", "image_url=@" + path, .. inputs]);

        result.Exits(0).Says($"image_url: uploading '{path}' (33 bytes).").Says("handle: " + provider + ":");
    }

    [Fact]
    public async Task A_file_that_the_document_does_not_allow_is_not_uploaded()
    {
        await using var simulator = await Kling.QuickAsync();
        var result = await CliProcess.RunAsync(
            ["run", Kling.FalEndpoint, "--input", "image_url=@" + Picture(100, 480), "--input", Kling.Prompt, "--base-url", simulator.BaseUrl.ToString()]);

        result.Exits(2);
        Assert.Contains(result.ErrorLines, line => line.Contains("a width of at least 300 pixels", StringComparison.Ordinal));
        Assert.Empty(simulator.Requests);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_a_problem_of_its_parameter()
    {
        var result = await CliProcess.RunAsync(["run", Kling.Neutral, "--simulate", "--input", "image_url=@missing.png", "--input", Kling.Prompt]);

        result.Exits(2);
        Assert.Contains(result.ErrorLines, line => line.Contains("there is no file 'missing.png'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_prompt_that_begins_with_an_at_sign_is_a_text()
    {
        var result = await CliProcess.RunAsync(["run", Kling.Neutral, "--simulate", "--input", Kling.Image, "--input", "prompt=@Element1 dances"]);

        result.Exits(0);
    }

    [Fact]
    public async Task A_provider_that_takes_no_files_says_so()
    {
        var result = await CliProcess.RunAsync(
            ["run", "image-to-video", "--simulate", "--provider", "luma", "--input", "image_url=@" + Picture(640, 480), "--input", "duration=9",
                "--input", "aspect_ratio=9:16"]);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(result.ErrorLines, line => line.Contains("it takes no files", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The beginning of a PNG, which says how large it is.</summary>
    private string Picture(int width, int height)
    {
        var path = Path.Combine(_folder, "a.png");
        byte[] file = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        File.WriteAllBytes(path, file);
        return path;
    }
}
