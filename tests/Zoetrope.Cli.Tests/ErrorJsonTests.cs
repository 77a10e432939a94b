using System.Text.RegularExpressions;
using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests;

/// <summary>Errors as JSON: one object in the last line of stderr, with a code that stays, and the job where one may have been paid for.</summary>
public sealed partial class ErrorJsonTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> _variable = new() { ["ZOETROPE_ERRORS"] = "json" };

    private MediaSimulator _simulator = null!;

    public async ValueTask InitializeAsync() => _simulator = await Kling.QuickAsync();

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    [Theory]
    [InlineData("usage", null, "modles", "--json")]
    [InlineData("usage", null, "run", "--json")]
    [InlineData("usage", null, "specs", "chekc", "--json")]
    [InlineData("usage", "--timeout", "run", Kling.Neutral, "--timeout", "0", "--json")]
    [InlineData("usage", "HANDLE", "resume", "x", "--json")]
    [InlineData("usage", "HANDLE", "cancel", "x", "--json")]
    [InlineData("unknown_model", "MODEL", "run", "kling", "--json")]
    [InlineData("unknown_model", "MODEL", "run", "kling", "--help", "--json")]
    [InlineData("no_key", null, "run", Kling.Neutral, "--base-url", "https://example.com", "--json")]
    [InlineData("no_key", null, "resume", "fal:fal-ai/x:1", "--json")]
    public async Task Wrong_usage_is_one_object(string code, string? member, params string[] arguments)
    {
        var result = (await CliProcess.RunAsync(arguments)).Exits(2);

        Assert.Single(result.ErrorLines);
        var error = result.Error();
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.False(error.GetProperty("may_be_paid").GetBoolean());
        Assert.NotEqual("", error.GetProperty("message").GetString());
        var problem = error.GetProperty("problems")[0];
        Assert.Equal(member, problem.TryGetProperty("member", out var named) ? named.GetString() : null);
        Assert.DoesNotContain(": ", problem.GetProperty("message").GetString()![..4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_is_not_valid_names_members_and_rules()
    {
        var error = (await CliProcess.RunAsync("run", Kling.Neutral, "-i", "duration=99", "-i", "imge_url=x", "--simulate", "--json")).Exits(2).Error();

        Assert.Equal("invalid_request", error.GetProperty("code").GetString());
        var problems = error.GetProperty("problems").EnumerateArray()
            .Select(problem => (problem.GetProperty("member").GetString(), problem.GetProperty("rule").GetString())).ToList();
        Assert.Contains(("duration", "enum"), problems);
        Assert.Contains(("imge_url", "unknown"), problems);
        Assert.Contains("--extra", error.GetProperty("hints")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_variable_asks_for_JSON_without_the_option()
    {
        var wrong = await CliProcess.RunAsync(["resume", "x"], _variable);
        var none = await CliProcess.RunAsync(["resume", "x"], new Dictionary<string, string> { ["ZOETROPE_ERRORS"] = "text" });

        Assert.Equal("usage", wrong.Exits(2).Error().GetProperty("code").GetString());
        none.Exits(2).Says("HANDLE: 'x' is not a job handle");
    }

    [Fact]
    public async Task A_job_that_failed_is_named_because_it_may_be_paid()
    {
        _simulator.AddFault(new SimulatorFault { Kind = FaultKind.JobFailure });

        var result = (await CliProcess.RunAsync(Kling.Run(_simulator, "--provider", "fal", "--json"))).Exits(3);

        var error = result.Error();
        Assert.Equal("job_failed", error.GetProperty("code").GetString());
        Assert.Equal(result.Handle(), error.GetProperty("handle").GetString());
        Assert.True(error.GetProperty("may_be_paid").GetBoolean());
        Assert.Equal("", result.Output);
    }

    [Fact]
    public async Task A_wait_that_ends_says_how_to_resume()
    {
        await using var endless = await Kling.EndlessAsync();

        var result = (await CliProcess.RunAsync(Kling.Run(endless, "--provider", "fal", "--timeout", "1", "--json"))).Exits(4);

        var error = result.Error();
        Assert.Equal("wait_timed_out", error.GetProperty("code").GetString());
        Assert.Equal(
            $"zoetrope resume {result.Handle()} --base-url {endless.BaseUrl.ToString().TrimEnd('/')}", error.GetProperty("resume").GetString());
        Assert.DoesNotContain(result.ErrorLines, line => line.StartsWith("resume with: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_submit_in_doubt_may_be_paid_though_no_handle_is_known()
    {
        _simulator.AddFault(new SimulatorFault { Kind = FaultKind.Reset, Operation = SimulatorOperation.Submit, CarryOut = true });

        var error = (await CliProcess.RunAsync(Kling.Run(_simulator, "--provider", "fal"), _variable)).Exits(5).Error();

        Assert.Equal("submit_unknown", error.GetProperty("code").GetString());
        Assert.True(error.GetProperty("may_be_paid").GetBoolean());
        Assert.False(error.TryGetProperty("handle", out _));
    }

    [Fact]
    public async Task A_submit_that_was_refused_costs_nothing()
    {
        _simulator.AddFault(new SimulatorFault { Kind = FaultKind.Status, StatusCode = 402, Operation = SimulatorOperation.Submit, Times = 10 });

        var error = (await CliProcess.RunAsync(Kling.Run(_simulator), _variable)).Exits(3).Error();

        Assert.Equal("not_accepted", error.GetProperty("code").GetString());
        Assert.False(error.GetProperty("may_be_paid").GetBoolean());
        Assert.Equal(3, error.GetProperty("problems").GetArrayLength());
    }

    [Fact]
    public async Task A_file_that_cannot_be_saved_leaves_the_result_and_the_job()
    {
        _simulator.AddFault(new SimulatorFault { Kind = FaultKind.Status, StatusCode = 404, Operation = SimulatorOperation.File });

        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        var result = (await CliProcess.RunAsync(Kling.Run(_simulator, "--output", path, "--json"))).Exits(3);

        Assert.Equal("not_saved", result.Error().GetProperty("code").GetString());
        Assert.Equal(result.Handle(), result.Error().GetProperty("handle").GetString());
        Assert.True(result.Json().TryGetProperty("video", out _));
    }

    [Fact]
    public async Task What_a_command_found_is_an_object_too()
    {
        var handle = $"fal:{Kling.FalEndpoint}:764cabcf-cfcf-4cdd-8fd6-6c1c8a6f0e70";

        var result = await CliProcess.RunAsync(["cancel", handle, "--base-url", _simulator.BaseUrl.ToString()], _variable);

        Assert.Equal("not_canceled", result.Exits(3).Error().GetProperty("code").GetString());
        Assert.True(result.Json().TryGetProperty("outcome", out _));
    }

    [Fact]
    public async Task Words_of_a_provider_stay_in_their_line_and_do_nothing_to_the_terminal()
    {
        _simulator.AddFault(new SimulatorFault
        {
            Kind = FaultKind.Status,
            StatusCode = 422,
            Operation = SimulatorOperation.Submit,
            Times = 10,
            Body = """{"detail":"\u001b[2J\u202Eevil\u009b31m\n{\"error\":{}}"}""",
        });

        var result = (await CliProcess.RunAsync(Kling.Run(_simulator, "--provider", "fal", "--json"))).Exits(3);

        Assert.Equal("not_accepted", result.Error().GetProperty("code").GetString());
        Assert.DoesNotContain(result.ErrorLines[^1], static letter => char.IsControl(letter) || letter == '\u202e');
        Assert.Single(result.ErrorLines, line => line.StartsWith("{\"error\":", StringComparison.Ordinal));
    }

    [Fact]
    public void The_table_of_codes_is_that_of_the_source()
    {
        var source = File.ReadAllText(Repository.PathOf("src/Zoetrope.Cli/ErrorCode.cs"));
        var documented = DocumentedCode().Matches(File.ReadAllText(Repository.PathOf("docs/command-line.md"))).Select(match => match.Groups[1].Value);

        Assert.Equal(
            Constant().Matches(source).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal),
            documented.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("""const string \w+ = "(\w+)";""")]
    private static partial Regex Constant();

    [GeneratedRegex("""^\| `([a-z_]+)` \| [0-9]+ \|""", RegexOptions.Multiline)]
    private static partial Regex DocumentedCode();
}
