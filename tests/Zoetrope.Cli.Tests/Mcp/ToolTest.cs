using System.Text.Json;
using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests.Mcp;

/// <summary>A simulator as the providers, a folder with the ledger, and servers on them.</summary>
public abstract class ToolTest : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    protected MediaSimulator Simulator { get; private set; } = null!;

    protected string Folder => _folder.Path;

    protected string Ledger => Path.Combine(Folder, "zoetrope.db");

    protected virtual TimeSpan JobDuration => TimeSpan.FromMilliseconds(50);

    /// <summary>The clock of the jobs.</summary>
    protected virtual TimeProvider Clock => TimeProvider.System;

    public async ValueTask InitializeAsync() =>
        Simulator = await MediaSimulator.StartAsync(new SimulatorOptions { QueueTime = TimeSpan.Zero, JobDuration = JobDuration, TimeProvider = Clock });

    public async ValueTask DisposeAsync()
    {
        await Simulator.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts a server without a spend limit, or with the one that is given.</summary>
    private protected Task<ToolClient> StartAsync(params string[] more) =>
        ToolClient.StartAsync(ToolClient.At(Simulator.BaseUrl, Ledger, more.Contains("--max-cost") ? more : ["--no-spend-limit", .. more]));

    /// <summary>The arguments of a run at fal, and more members.</summary>
    protected static string Run(string prompt = "The character walks forward", string more = "") =>
        $$"""{"model":"{{Kling.Neutral}}","provider":"fal","input":{"image_url":"{{Kling.ImageUrl}}","prompt":"{{prompt}}"}{{more}}}""";

    protected static string Text(JsonElement content, string name) => content.GetProperty(name).GetString()!;

    protected static SimulatorFault OfSubmit(int status, string? body = null) =>
        new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Submit, StatusCode = status, Body = body, Times = 1000 };
}
