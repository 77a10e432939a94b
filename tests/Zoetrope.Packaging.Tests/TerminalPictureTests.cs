using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Zoetrope.Packaging.Tests;

/// <summary>
/// The picture of a terminal in the README is drawn from <c>docs/site/terminal.txt</c>, what the command line printed; with UPDATE_SNAPSHOTS=1 it is recorded
/// and drawn again.
/// </summary>
public sealed partial class TerminalPictureTests
{
    private const int LineHeight = 19;

    private static readonly string[] Arguments =
    [
        "run", "kling-o3-pro-image-to-video", "--simulate", "--input", "image_url=https://example.com/a.png", "--input", "prompt=The character walks forward",
        "--output", "video.mp4",
    ];

    private static string Recorded => Repository.PathOf("docs", "site", "terminal.txt");

    [Fact]
    public async Task The_picture_is_that_of_a_run()
    {
        using var folder = new TemporaryFolder();
        // As it was packed.
        string[] start = ["run", "--no-build", "-c", "Release", "--project", Repository.PathOf("src", "Zoetrope.Cli"), "--"];
        var run = await Command.RunAsync("dotnet", [.. start, .. Arguments], folder.Path);
        Assert.True(run.ExitCode == 0, run.All);
        var lines = Same(run.Error + run.Output, folder.Path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var picture = Repository.PathOf("docs", "terminal.svg");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(Recorded, string.Join('\n', lines) + "\n", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(picture, Draw(lines), TestContext.Current.CancellationToken);
        }

        var recorded = await File.ReadAllLinesAsync(Recorded, TestContext.Current.CancellationToken);
        Assert.Equal(Draw(recorded), await File.ReadAllTextAsync(picture, TestContext.Current.CancellationToken));
        // How many states and logs are seen depends on the time.
        Assert.Empty(recorded.Where(line => !State().IsMatch(line)).Except(lines));
    }

    // What is another in each run.
    private static string Same(string text, string folder)
    {
        text = text.Replace(folder, "/home/me", StringComparison.Ordinal);
        text = Port().Replace(text, "127.0.0.1:8787");
        text = Id().Replace(text, "5d109592-7129-4dbb-8b6f-047286e29fb7");
        text = FileId().Replace(text, "/pgIO9yOXTFCTetKBsqDwX_output.mp4");
        return ModelTime().Replace(text, "model time 0.9 s");
    }

    private static string Draw(IReadOnlyList<string> lines)
    {
        var height = ((lines.Count + 3) * LineHeight) + 40;
        var text = new StringBuilder($$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 {{height}}" width="900" height="{{height}}" role="img" aria-label="A run of zoetrope">
              <style>
                text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #d8dee9; white-space: pre }
                .prompt { fill: #88c0d0 } .state { fill: #a3be8c } .note { fill: #9aa5b8 }
              </style>
              <rect width="900" height="{{height}}" rx="8" fill="#1d2129"/>
              <circle cx="20" cy="18" r="6" fill="#bf616a"/><circle cx="40" cy="18" r="6" fill="#ebcb8b"/><circle cx="60" cy="18" r="6" fill="#a3be8c"/>

            """);
        var y = 52;
        foreach (var line in Typed())
            Append("prompt", line);
        foreach (var line in lines)
            Append(State().IsMatch(line) ? "state" : line.StartsWith(' ') || line is "{" or "}" ? "json" : "note", line);
        return text.Append("</svg>\n").ToString();

        void Append(string kind, string line)
        {
            var shown = line.Length > 108 ? line[..107] + "…" : line;
            text.Append($"""  <text x="20" y="{y}" class="{kind}" xml:space="preserve">{WebUtility.HtmlEncode(shown)}</text>""").Append('\n');
            y += LineHeight;
        }

        static string[] Typed() =>
        [
            $"$ zoetrope {string.Join(' ', Arguments.Take(5))} \\",
            $"    --input \"{Arguments[6]}\" --output {Arguments[8]}",
        ];
    }

    [GeneratedRegex("^(queued|running|completed|log: )")]
    private static partial Regex State();

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Port();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex("/[A-Za-z0-9_-]+_output\\.mp4")]
    private static partial Regex FileId();

    [GeneratedRegex(@"model time [0-9.]+ s")]
    private static partial Regex ModelTime();
}
