using System.Globalization;
using System.Text.RegularExpressions;
using Zoetrope.Simulator;

namespace Zoetrope.Packaging.Tests;

/// <summary>A minimal program that makes a video with the SDK, and the same by hand, as native programs; published when a test first asks for them.</summary>
public sealed class MinimalApps : IDisposable
{
    private TemporaryFolder? _folder;

    internal async Task<(string Ours, string HandWritten)> PublishedAsync()
    {
        if (_folder is null)
        {
            var folder = new TemporaryFolder();
            foreach (var name in (string[])["ZoetropeApp", "HandWrittenApp"])
            {
                var output = Path.Combine(folder.Path, name);
                await Command.DotnetAsync(Repository.Root, "publish", $"benchmarks/apps/{name}", "-c", "Release", "-o", output, "--nologo");
                // Alone: valgrind cannot read the symbols that lie beside it.
                File.Copy(Path.Combine(output, name), output + ".copy");
            }
            _folder = folder;
        }
        return (Path.Combine(_folder.Path, "ZoetropeApp.copy"), Path.Combine(_folder.Path, "HandWrittenApp.copy"));
    }

    public void Dispose() => _folder?.Dispose();
}

/// <summary>What a minimal native program costs, beside the same program by hand.</summary>
public sealed partial class MinimalAppTests(MinimalApps apps) : IClassFixture<MinimalApps>
{
    // Of the instructions of the program by hand, as measured; what makes them more, or fewer, is written here.
    private const double InstructionRatio = 0.73;
    private const double Tolerance = 0.10;

    [Fact]
    public async Task The_minimal_app_runs_natively_and_is_not_larger_than_the_hand_written_one()
    {
        Native.SkipUnlessAvailable();
        var (ours, handWritten) = await apps.PublishedAsync();

        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        foreach (var app in new[] { ours, handWritten })
        {
            var run = await Command.RunAsync(app, [simulator.BaseUrl.ToString()], Path.GetDirectoryName(app)!, ("FAL_KEY", "test"));
            Assert.Equal("", run.Error);
            Assert.Equal(0, run.ExitCode);
            Assert.StartsWith(simulator.BaseUrl + "files/", run.Output, StringComparison.Ordinal);
        }
        Assert.InRange(new FileInfo(ours).Length, 1, new FileInfo(handWritten).Length);
    }

    /// <summary>Instructions are the same on a busy machine, where times are not.</summary>
    [Fact]
    public async Task The_minimal_app_executes_fewer_instructions_than_the_hand_written_one()
    {
        Native.SkipUnlessAvailable();
        Assert.SkipUnless(Native.IsOnPath("valgrind"), "valgrind counts the instructions");
        var (ours, handWritten) = await apps.PublishedAsync();

        await using var simulator = await MediaSimulator.StartAsync(
            new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero }, TestContext.Current.CancellationToken);
        var ratio = (double)await LeastInstructionsAsync(ours, simulator) / await LeastInstructionsAsync(handWritten, simulator);

        Assert.InRange(ratio, InstructionRatio - Tolerance, InstructionRatio + Tolerance);
    }

    // The least of several runs: how long a thread spins before it sleeps is a matter of luck. It is the least when another run is as short.
    private static async Task<long> LeastInstructionsAsync(string app, MediaSimulator simulator)
    {
        const int MostRuns = 7;
        const double Same = 1.01;
        var runs = new List<long>();
        do
        {
            string[] arguments = ["--tool=callgrind", "--callgrind-out-file=/dev/null", app, simulator.BaseUrl.ToString()];
            var run = await Command.RunAsync("valgrind", arguments, Path.GetDirectoryName(app)!, ("FAL_KEY", "test"));
            Assert.True(run.ExitCode == 0 && run.Output.StartsWith(simulator.BaseUrl + "files/", StringComparison.Ordinal), run.All);
            runs.Add(long.Parse(Collected().Match(run.Error).Groups[1].ValueSpan, CultureInfo.InvariantCulture));
            runs.Sort();
        }
        while (runs.Count < MostRuns && (runs.Count < 2 || runs[1] > runs[0] * Same));
        return runs[0];
    }

    [GeneratedRegex("Collected : ([0-9]+)")]
    private static partial Regex Collected();
}
