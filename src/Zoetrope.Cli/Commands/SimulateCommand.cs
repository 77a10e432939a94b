using System.CommandLine;
using Zoetrope.Cli.Input;
using Zoetrope.Cli.Models;
using Zoetrope.Cli.Output;
using Zoetrope.Cli.Simulation;
using Zoetrope.Specs.Jobs;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope simulate</c>: plays the providers on this machine until it is interrupted.</summary>
internal static class SimulateCommand
{
    private const int DefaultPort = 8787;

    private static readonly Option<int> Port = new("--port")
    {
        Description = "The port to listen on; 0 chooses a free one.",
        HelpName = "N",
        DefaultValueFactory = _ => DefaultPort,
    };

    private static readonly Option<string?> Specs = new("--specs")
    {
        Description = "A folder of provider documents, whose endpoints are simulated beside those of this build, which they replace where both have one.",
        HelpName = "FOLDER",
    };

    private static readonly Option<bool> DocumentedOnly = new("--documented-only")
    {
        Description = "Refuse endpoints that no document describes. Without it they take any input, and have a result of the usual kind.",
    };

    private static readonly Option<TimeSpan?> QueueTime = Time("--queue-time", "How long a job waits before it runs: 0, 500ms, 30s, 5m. Default: 300ms.");

    private static readonly Option<TimeSpan?> JobTime = Time("--job-time", "How long a job runs: 0, 500ms, 30s, 5m. Default: 900ms.");

    private static readonly Option<string[]> Faults = new("--fail")
    {
        Description = "Make the next matching request fail: job_failure, status, reset, truncate, malformed or hang; or JSON, "
            + "such as {\"kind\":\"status\",\"operation\":\"submit\",\"status_code\":429,\"times\":2}.",
        HelpName = "FAULT",
    };

    private static readonly Option<bool> Limits = new("--limits")
    {
        Description = "Enforce the limits that the documents state, such as 10 jobs in flight for each key: what is above them is a 429.",
    };

    private static readonly Option<string?> Replay = new("--replay")
    {
        Description = "Play back a fixture, which Zoetrope.Simulator's RecordingHandler made of a run against a real service, instead of the documents.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> OriginalTiming = new("--original-timing")
    {
        Description = "With --replay: respond at the recorded times, and not at once.",
    };

    private static readonly Option<bool> Log = new("--log")
    {
        Description = "Write a line for each request to stderr.",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("simulate", "Runs a local simulator of all providers. Prints its address, which other commands accept with --base-url.")
        {
            Port, Specs, DocumentedOnly, QueueTime, JobTime, Limits, Faults, Replay, OriginalTiming, Log,
        };
        command.Validators.Add(result =>
        {
            Option[] ofDocuments = [Specs, DocumentedOnly, QueueTime, JobTime, Limits, Faults, Log];
            if (result.GetResult(Replay) is null)
            {
                if (result.GetValue(OriginalTiming))
                    result.AddError("--original-timing: needs --replay");
            }
            else if (Array.Find(ofDocuments, option => result.GetResult(option) is { Implicit: false }) is { } other)
                result.AddError($"{other.Name}: has no meaning with --replay, which plays back what was recorded");
        });
        Port.Validators.Add(Options.RequirePort);
        command.SetAction((parsed, _) => Session.RunAsync(session => RunAsync(session, parsed)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed)
    {
        var (baseUrl, server, declared) = await EmbeddedSimulator.StartAsync(new SimulatorSettings
        {
            Port = parsed.GetValue(Port),
            Specs = parsed.GetValue(Specs),
            DocumentedOnly = parsed.GetValue(DocumentedOnly),
            OnUndocumentedEndpoint = (_, id) => session.Reporter.WriteLine(UndocumentedEndpoint.Warning(id)),
            QueueTime = parsed.GetValue(QueueTime),
            JobTime = parsed.GetValue(JobTime),
            EnforceLimits = parsed.GetValue(Limits),
            Replay = parsed.GetValue(Replay),
            OriginalTiming = parsed.GetValue(OriginalTiming),
            Problems = Console.Error,
            Faults = parsed.GetValue(Faults) ?? [],
            Log = parsed.GetValue(Log) ? Console.Error : null,
        });
        await using (server)
        {
            Console.Out.WriteLine(Address.Of(baseUrl));
            session.Reporter.WriteLine($"Listening. Try: zoetrope run MODEL --input NAME=VALUE --base-url {Address.Of(baseUrl)}");
            session.Reporter.WriteLine($"For your own program: FAL_BASE_URL={Address.Of(baseUrl)} FAL_KEY=any EACHLABS_BASE_URL={Address.Of(baseUrl)} "
                + "EACHLABS_API_KEY=any");
            session.Reporter.WriteLine(
                $"Every other provider is below its name, such as REPLICATE_BASE_URL={Address.Of(baseUrl)}/replicate REPLICATE_API_TOKEN=any.");
            // Those that this build does not know are the user's own.
            foreach (var provider in declared.Where(name => Provider.All.All(known => known.Name != name)))
                session.Reporter.WriteLine($"  {ProviderVariables.BaseUrl(provider)}={Address.Of(baseUrl).TrimEnd('/')}/{provider}");
            session.Reporter.WriteLine("Any key is accepted except bad-key. Ctrl+C stops it.");
            var stopped = new TaskCompletionSource();
            await using (session.Interruption.Asked.Register(stopped.SetResult))
                await stopped.Task;
        }
        return ExitCode.Done;
    }

    private static Option<TimeSpan?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "T",
        CustomParser = result =>
        {
            if (Duration.Read(result.Tokens[^1].Value, mayBeZero: true, out var time) is not { } problem)
                return time;
            result.AddError($"{name}: {problem}");
            return null;
        },
    };
}
