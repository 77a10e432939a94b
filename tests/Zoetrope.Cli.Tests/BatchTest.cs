using System.Text.Json;
using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests;

/// <summary>A file of inputs, a folder for the results, and the simulator as the providers.</summary>
public abstract class BatchTest : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    protected MediaSimulator Simulator { get; private set; } = null!;

    protected string Out => Path.Combine(_folder.Path, "out");

    protected string Ledger => Path.Combine(Out, "zoetrope.db");

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

    /// <summary>Writes a file into the folder of the test.</summary>
    protected string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>Writes a file with an input for each name.</summary>
    protected string Shots(params string[] names) => Write("shots.jsonl", string.Concat(names.Select(Line)));

    protected static string Line(string name) => $$"""{"$id":"{{name}}","image_url":"{{Kling.ImageUrl}}","prompt":"{{name}}"}""" + "\n";

    /// <summary>The arguments of a batch at fal, and more.</summary>
    protected string[] Batch(string file, params string[] more) =>
        ["batch", file, "--model", Kling.Neutral, "--provider", "fal", "--out", Out, "--base-url", Simulator.BaseUrl.ToString(), .. more];

    /// <summary>A command of <c>zoetrope jobs</c> on the ledger of the batch.</summary>
    protected Task<CliResult> JobsAsync(params string[] arguments) => CliProcess.RunAsync(["jobs", .. arguments, "--ledger", Ledger]);

    /// <summary>Puts jobs into the ledger as they are.</summary>
    protected async Task ImportAsync(params IEnumerable<RecordedJob> jobs) =>
        (await JobsAsync("import", Write("import.jsonl", string.Concat(jobs.Select(job => job.Line()))))).Exits(0);

    /// <summary>The jobs of the ledger, by their labels.</summary>
    protected async Task<Dictionary<string, JsonElement>> JobsByLabelAsync() =>
        Lines((await JobsAsync("list", "--json")).Exits(0)).ToDictionary(job => job.GetProperty("label").GetString()!);

    /// <summary>Stdout, which must be JSON Lines and nothing else.</summary>
    protected static List<JsonElement> Lines(CliResult result) =>
        [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.Clone())];

    protected static string State(JsonElement job) => job.GetProperty("state").GetString()!;

    /// <summary>A submit that the provider carries out, and whose response is lost.</summary>
    protected static SimulatorFault LostReceipt() => new() { Kind = FaultKind.Reset, Operation = SimulatorOperation.Submit, CarryOut = true };
}
