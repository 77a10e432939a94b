using System.Text.Json;
using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests;

/// <summary>What a run will cost, and the most that it may.</summary>
public sealed class CostTests : IAsyncLifetime
{
    private MediaSimulator _simulator = null!;

    public async ValueTask InitializeAsync() => _simulator = await Kling.QuickAsync();

    public async ValueTask DisposeAsync() => await _simulator.DisposeAsync();

    [Fact]
    public async Task An_estimate_is_printed_as_JSON_and_submits_nothing()
    {
        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--estimate", "--input", "duration=7"));

        result.Exits(0);
        using var json = JsonDocument.Parse(result.Output);
        var estimates = json.RootElement.GetProperty("estimates").EnumerateArray().ToDictionary(item => item.GetProperty("provider").GetString()!);
        Assert.Equal("exact", estimates["fal"].GetProperty("certainty").GetString());
        Assert.Equal((0.7m, "USD"), (estimates["fal"].GetProperty("maximum").GetDecimal(), estimates["fal"].GetProperty("unit").GetString()));
        Assert.Equal("unknown", estimates["eachlabs"].GetProperty("certainty").GetString());
        Assert.Contains("states its price as rules", estimates["eachlabs"].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, _simulator.Submits);
    }

    [Fact]
    public async Task A_job_above_the_limit_is_not_submitted()
    {
        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--provider", "fal", "--input", "duration=7", "--max-cost", "0.69"));

        Assert.Contains("was not sent: the limit is $0.69, and its cost at fal is exactly $0.7", Said(result.Exits(3)), StringComparison.Ordinal);
        Assert.Equal(0, _simulator.Submits);
    }

    [Fact]
    public async Task A_job_within_the_limit_says_what_it_will_cost_and_what_was_billed()
    {
        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--provider", "fal", "--input", "duration=7", "--max-cost", "$0.70", "--strict-cost"));

        result.Exits(0).Says("estimated cost at fal: exactly $0.7");
        Assert.Contains("billed 7 units", Said(result), StringComparison.Ordinal);
        Assert.Equal(1, _simulator.Submits);
    }

    [Fact]
    public async Task A_limit_that_cannot_be_promised_is_a_warning_or_strict()
    {
        var warned = await CliProcess.RunAsync(Kling.Run(_simulator, "--provider", "eachlabs", "--max-cost", "1"));
        var strict = await CliProcess.RunAsync(Kling.Run(_simulator, "--provider", "eachlabs", "--max-cost", "1", "--strict-cost"));

        warned.Exits(0).Says("warning: The limit of $1 cannot be promised");
        Assert.Contains("cost $", Said(warned), StringComparison.Ordinal);
        Assert.Contains("The limit is strict", Said(strict.Exits(3)), StringComparison.Ordinal);
        Assert.Equal(1, _simulator.Submits);
    }

    [Theory]
    [InlineData("much", "must be an amount such as 0.50")]
    [InlineData("-1", "must be an amount such as 0.50")]
    [InlineData("1;2", "must be an amount such as 0.50")]
    [InlineData("$1 EUR", "must be an amount such as 0.50")]
    public async Task An_amount_that_is_not_one_is_refused(string amount, string message)
    {
        var result = await CliProcess.RunAsync(Kling.Run(_simulator, $"--max-cost={amount}"));

        Assert.Contains(message, Said(result.Exits(2)), StringComparison.Ordinal);
        Assert.Equal(0, _simulator.Submits);
    }

    [Fact]
    public async Task A_strict_limit_needs_an_amount()
    {
        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--strict-cost"));

        Assert.Contains("--strict-cost: needs --max-cost", Said(result.Exits(2)), StringComparison.Ordinal);
    }

    private static string Said(CliResult result) => string.Join('\n', result.ErrorLines);
}
