using System.Text.RegularExpressions;
using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests;

/// <summary>The live line on a real terminal: no flicker, no colors, never wider than the terminal.</summary>
public sealed partial class LiveLineTests : IAsyncLifetime
{
    private MediaSimulator _simulator = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "There is no `script` here to make a terminal with.");
        _simulator = await MediaSimulator.StartAsync(new SimulatorOptions { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.FromSeconds(3) });
    }

    public async ValueTask DisposeAsync()
    {
        if (_simulator is not null)
            await _simulator.DisposeAsync();
    }

    [Theory]
    [InlineData("xterm", 80)]
    [InlineData("xterm-256color", 60)]
    [InlineData("xterm", 12)]
    public async Task A_frame_is_written_only_where_it_differs_and_fits_the_terminal(string term, int columns)
    {
        var output = await RunAsync(new() { ["TERM"] = term }, columns);

        var frames = Frames(output);
        Assert.True(frames.Count >= 2, output);
        Assert.All(frames, frame => Assert.True(frame.Length < columns, frame));
        // Below a line that stays, the same frame is written again.
        var updates = Update().Matches(output).Select(match => match.Groups[1].Value).ToList();
        Assert.All(updates.Zip(updates.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
        // At the end nothing of it is left, and no color was ever set.
        Assert.DoesNotMatch(Color(), output);
        Assert.Contains("\r\e[J", output, StringComparison.Ordinal);
        Assert.Contains("\"video\"", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM", "dumb")]
    [InlineData("TERM", "")]
    public async Task A_terminal_that_cannot_move_its_cursor_gets_plain_lines(string name, string value)
    {
        var output = await RunAsync(new() { [name] = value }, 80);

        Assert.DoesNotContain("\e[J", output, StringComparison.Ordinal);
        Assert.Matches("completed, [0-9.]+ s", output);
    }

    [Fact]
    public async Task Without_colors_asked_for_none_are_set()
    {
        var output = await RunAsync(new() { ["TERM"] = "xterm-256color", ["NO_COLOR"] = "1", ["COLORTERM"] = "truecolor" }, 80);

        Assert.DoesNotMatch(Color(), output);
        Assert.Contains("running", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_resize_the_line_fits_the_new_width()
    {
        var clock = new SimulatorClock();
        await using var simulator = await MediaSimulator.StartAsync(new SimulatorOptions { QueueTime = TimeSpan.Zero, TimeProvider = clock });
        using var run = CliProcess.Start(
            Kling.Run(simulator, "--provider", "fal"), new Dictionary<string, string> { ["TERM"] = "xterm" }, collectOutput: false, onTerminal: true,
            columns: 80, narrowTo: 9);
        var shown = new TerminalText(run.Output);
        await shown.UntilAsync("running  ");
        await run.NarrowAsync();
        await shown.UntilAsync("running…");
        clock.Advance(TimeSpan.FromHours(1));
        (await run.FinishAsync()).Exits(0);

        var frames = Frames(await shown.AllAsync());

        Assert.Contains(frames, frame => frame.StartsWith("running  ", StringComparison.Ordinal));
        // What is wider ends with a mark.
        Assert.Contains(frames, frame => frame == "running…");
        Assert.True(frames[^1].Length < 9, frames[^1]);
    }

    [Fact]
    public async Task Logs_are_lines_above_it_and_are_not_broken()
    {
        var output = await RunAsync(new() { ["TERM"] = "xterm" }, 40);

        var handle = output.Split('\n').Single(line => line.Contains("handle: ", StringComparison.Ordinal)).Trim();
        Assert.True(handle.Length > 40, handle);
    }

    private async Task<string> RunAsync(Dictionary<string, string> environment, int columns)
    {
        using var run = CliProcess.Start(Kling.Run(_simulator, "--provider", "fal"), environment, onTerminal: true, columns: columns);
        return (await run.FinishAsync()).Exits(0).Output;
    }

    /// <summary>What stands in the live line after each write.</summary>
    private static List<string> Frames(string output) =>
        [.. Frame().Matches(output).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("""[J\n]((?:submit|running|queued)[^\r\n\e]*)(?=\r\e)""")]
    private static partial Regex Frame();

    [GeneratedRegex("""\e\[J((?:submit|running|queued)[^\r\n\e]*)(?=\r\e)""")]
    private static partial Regex Update();

    [GeneratedRegex("""\e\[[0-9;]*m""")]
    private static partial Regex Color();
}
