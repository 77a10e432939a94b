using Zoetrope.Clients;
using Zoetrope.Http;
using Zoetrope.Jobs.Tests;
using Zoetrope.Models;
using Zoetrope.Simulator;

namespace Zoetrope.Faults.Tests;

/// <summary>A service that plays a declared provider when all is well, so that its responses can be recorded.</summary>
/// <param name="provider">The provider.</param>
internal abstract class Played(DeclaredProvider provider) : IAsyncDisposable
{
    /// <summary>The provider.</summary>
    public DeclaredProvider Provider => provider;

    /// <summary>The model that is run.</summary>
    public virtual ModelInfo Model => provider.Description.Models[0];

    /// <summary>What it is, for reports.</summary>
    public abstract string Name { get; }

    /// <summary>Its port on this machine.</summary>
    public abstract int Port { get; }

    /// <summary>What was written down of the provider by hand; null where the declaration is all.</summary>
    public virtual Facts? Facts => null;

    /// <summary>The next submit is of a new job.</summary>
    public abstract void Begin();

    /// <summary>The job begins to run.</summary>
    public abstract void Start();

    /// <summary>The job ends.</summary>
    public abstract void End();

    /// <summary>Makes a client of it.</summary>
    /// <param name="proxy">Where it is reached.</param>
    public abstract MediaClient Connect(Uri proxy);

    public abstract ValueTask DisposeAsync();

    /// <summary>Polls follow each other quickly, and a busy machine has minutes for an exchange.</summary>
    protected static void SetTimes(MediaClientOptions options)
    {
        options.TimeProvider = new FastTime(CellRunner.Factor);
        options.SubmitTimeout = options.PollTimeout = TimeSpan.FromHours(4);
    }
}

/// <summary>The simulator, which reads the same declaration as the generator does.</summary>
internal sealed class PlayedBySimulator : Played
{
    private static readonly TimeSpan _phase = TimeSpan.FromHours(1);

    private readonly FakeTime _time;
    private readonly MediaSimulator _simulator;

    private PlayedBySimulator(DeclaredProvider provider, FakeTime time, MediaSimulator simulator)
        : base(provider) => (_time, _simulator) = (time, simulator);

    public override string Name => "simulator";

    public override int Port => _simulator.BaseUrl.Port;

    public static async Task<Played> StartAsync(DeclaredProvider provider)
    {
        var time = new FakeTime();
        return new PlayedBySimulator(provider, time, await MediaSimulator.StartAsync(
            new() { SpecsFolder = provider.Folder, QueueTime = _phase, JobDuration = _phase, TimeProvider = time }));
    }

    public override void Begin()
    {
        // A submit makes a new job by itself.
    }

    public override void Start() => _time.Advance(1.5 * _phase);

    public override void End() => _time.Advance(_phase);

    public override MediaClient Connect(Uri proxy) => Provider.Connect(
        Keys.Declared,
        options =>
        {
            options.BaseUrl = new Uri(proxy, Provider.Description.Name);
            SetTimes(options);
        });

    public override ValueTask DisposeAsync() => _simulator.DisposeAsync();
}
