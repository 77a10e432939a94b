using Zoetrope.Cli.Tests;
using Zoetrope.Simulator;

namespace Zoetrope.Pages.Tests;

/// <summary>One playground for the tests of a class, with a simulator whose jobs end when a test moves their clock.</summary>
public sealed class PlayFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public SimulatorClock Clock { get; } = new();

    public MediaSimulator Simulator { get; private set; } = null!;

    public ServedPlay Play { get; private set; } = null!;

    /// <summary>The folder of the ledger.</summary>
    public string Out => Path.Combine(_folder.Path, "out");

    public async ValueTask InitializeAsync()
    {
        Simulator = await MediaSimulator.StartAsync(
            new SimulatorOptions { QueueTime = TimeSpan.FromSeconds(10), JobDuration = TimeSpan.FromMinutes(1), TimeProvider = Clock });
        Play = await ServedPlay.StartAsync(["--server", Simulator.BaseUrl.ToString(), "--out", Out]);
    }

    public async ValueTask DisposeAsync()
    {
        Play?.Dispose();
        await Simulator.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Ends all jobs.</summary>
    public void End() => Clock.Advance(TimeSpan.FromMinutes(2));
}
