namespace Zoetrope.Cli.Tests.Mcp;

/// <summary><c>upload_file</c> reads nothing that was not allowed.</summary>
public sealed class UploadToolTests : ToolTest
{
    private string Allowed => Directory.CreateDirectory(Path.Combine(Folder, "allowed")).FullName;

    [Fact]
    public async Task Without_an_allowed_folder_nothing_is_uploaded()
    {
        await using var server = await StartAsync();

        await server.FailAsync("not_allowed", "upload_file", Upload(Picture(Allowed)));

        Assert.Equal(0, Simulator.Counts.Uploads);
    }

    [Fact]
    public async Task A_file_below_an_allowed_folder_is_uploaded_once_and_run()
    {
        Picture(Directory.CreateDirectory(Path.Combine(Allowed, "below")).FullName);
        await using var server = await StartAsync("--allow-folder", Allowed);

        var url = Text(await server.CallAsync("upload_file", Upload("below/a.png")), "url");

        var uploads = Simulator.Counts.Uploads;
        Assert.True(uploads > 0);
        Assert.Equal(url, Text(await server.CallAsync("upload_file", Upload(Path.Combine(Allowed, "below", "a.png"))), "url"));
        Assert.Equal(uploads, Simulator.Counts.Uploads);
        var run = Run().Replace(Kling.ImageUrl, url, StringComparison.Ordinal);
        Assert.Equal("done", Text(await server.CallAsync("run_model", run), "state"));
        await server.FailAsync("no_key", "upload_file", Upload("below/a.png").Replace("\"fal\"", "\"nobody\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_outside_is_not_uploaded_whatever_leads_there()
    {
        var outside = Directory.CreateDirectory(Path.Combine(Folder, "outside")).FullName;
        var beside = Directory.CreateDirectory(Path.Combine(Folder, "allowed-too")).FullName;
        var secret = Picture(outside);
        Picture(beside);
        File.CreateSymbolicLink(Path.Combine(Allowed, "link.png"), secret);
        File.CreateSymbolicLink(Path.Combine(Allowed, "relative.png"), "../outside/a.png");
        Directory.CreateSymbolicLink(Path.Combine(Allowed, "folder"), outside);
        File.CreateSymbolicLink(Path.Combine(Allowed, "cycle"), Path.Combine(Allowed, "cycle"));
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", Path.Combine(Allowed, "pipe")))
            await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        File.WriteAllText(Path.Combine(Allowed, "empty.png"), "");
        await using var server = await StartAsync("--allow-folder", Allowed);

        foreach (var path in new[]
        {
            "pipe", "empty.png",
            secret, "../outside/a.png", "link.png", "relative.png", "folder/a.png", "cycle", "../allowed-too/a.png", Path.Combine(beside, "a.png"),
            "/etc/passwd", "/dev/zero", "nothing.png", ".", "a\\u0000b",
        })
            await server.FailAsync("not_allowed", "upload_file", Upload(path));

        Assert.Equal(0, Simulator.Counts.Uploads);
        Assert.Equal(0, Simulator.Submits);
    }

    [Fact]
    public async Task The_root_of_the_file_system_allows_files_and_no_devices()
    {
        var file = Picture(Allowed);
        await using var server = await StartAsync("--allow-folder", "/");

        Assert.NotEqual("", Text(await server.CallAsync("upload_file", Upload(file)), "url"));
        await server.FailAsync("not_allowed", "upload_file", Upload("/dev/zero"));
    }

    [Theory]
    [InlineData("@a.png")]
    [InlineData("a.png")]
    [InlineData("file:///etc/passwd")]
    public async Task An_input_names_no_file_of_this_machine(string value)
    {
        await using var server = await StartAsync("--allow-folder", Allowed);

        var error = await server.FailAsync("invalid_input", "run_model", Run().Replace(Kling.ImageUrl, value, StringComparison.Ordinal));

        Assert.Equal("image_url", Text(Assert.Single(error.GetProperty("issues").EnumerateArray()), "member"));
        Assert.Empty(Simulator.Requests);
    }

    [Fact]
    public async Task An_allowed_folder_that_does_not_exist_is_an_error()
    {
        var result = await CliProcess.RunAsync("mcp", "--simulate", "--allow-folder", Path.Combine(Folder, "missing"));

        result.Exits(2).Says("--allow-folder: no such folder");
    }

    private static string Upload(string path) => $$"""{"path":"{{path}}","provider":"fal"}""";

    private static string Picture(string folder)
    {
        var path = Path.Combine(folder, "a.png");
        var png = new byte[33];
        Convert.FromHexString("89504E470D0A1A0A0000000D494844520000028000" + "0001E00802").CopyTo(png, 0);
        File.WriteAllBytes(path, png);
        return path;
    }
}
