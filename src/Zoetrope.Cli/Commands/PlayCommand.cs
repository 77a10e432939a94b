using System.CommandLine;
using Zoetrope.Cli.Ledgers;
using Zoetrope.Cli.Models;
using Zoetrope.Cli.Output;
using Zoetrope.Cli.Pages;
using Zoetrope.Cli.Play;
using Zoetrope.Cli.Simulation;
using Zoetrope.Costs;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Delivery;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope play</c>: a page on this machine on which models are tried, until it is interrupted.</summary>
internal static class PlayCommand
{
    private static readonly Option<int> Port = new("--port")
    {
        Description = "The port to listen on, on this machine only. Default: a free one.",
        HelpName = "N",
    };

    private static readonly Option<string?> Out = new("--out", "-o")
    {
        Description = "The folder of the ledger and of the files of results. Default: zoetrope/playground in the user's folder of application data. What the "
            + "embedded simulator makes is kept only until the command ends.",
        HelpName = "FOLDER",
    };

    private static readonly Option<bool> Simulate = new("--simulate")
    {
        Description = "Run jobs against a local simulator: no key, no cost, even if keys are in the environment.",
    };

    private static readonly Option<Uri?> Server = new("--server")
    {
        Description = "Run jobs at a simulator that runs already: the address that `zoetrope simulate` printed, on this machine. No key is sent to it.",
        HelpName = "URL",
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[^1].Value, UriKind.Absolute, out var url) && url is { IsLoopback: true, Scheme: "http" or "https" })
                return url;
            result.AddError("--server: must be an http URL of this machine");
            return null;
        },
    };

    private static readonly Option<decimal?> MaxCost = Options.Dollars(
        "--max-cost", "The most that a job may cost, in US dollars. What is surely above is not sent; where that is not known, the page says so.");

    private static readonly Option<bool> StrictCost = new("--strict-cost")
    {
        Description = "With --max-cost: send nothing whose cost is not known to be within it.",
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print the address as JSON.",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "play",
            "Opens the playground, a page in a browser of this machine: choose a model, fill in its form, see the request and its cost, run it, watch it. "
                + "Without a key it uses a simulator; with keys each job is confirmed with its price. Prints the address, which has a secret token; Ctrl+C "
                + "stops it.")
        {
            Port, Out, Simulate, Server, MaxCost, StrictCost, Json,
        };
        Port.Validators.Add(Options.RequirePort);
        command.Validators.Add(result =>
        {
            if (result.GetValue(StrictCost) && result.GetResult(MaxCost) is null)
                result.AddError("--strict-cost: needs --max-cost");
            if (result.GetValue(Simulate) && result.GetResult(Server) is not null)
                result.AddError("--simulate: cannot be used together with --server");
        });
        command.SetAction((parsed, _) => Session.RunAsync(session => RunAsync(session, parsed)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed)
    {
        var folder = parsed.GetValue(Out);
        if (folder is "" || folder?.Contains('\0', StringComparison.Ordinal) == true || File.Exists(folder))
            throw new UsageException("--out: must be the path of a folder");
        var (connection, simulator) = await ConnectAsync(parsed.GetValue(Server), parsed.GetValue(Simulate));
        session.Connection = connection;
        if (connection.IsEmbedded && folder is not null)
            throw new UsageException("--out: what the embedded simulator makes is not kept; start `zoetrope simulate`, and pass its address with --server");
        using var temporary = connection.IsEmbedded ? new TemporaryLedger() : null;
        folder = temporary is not null ? Path.GetDirectoryName(temporary.Path)! : Path.GetFullPath(folder ?? DefaultFolder(simulator));
        WritableFolder.Create(folder, "--out");
        var path = Path.Combine(folder, LedgerFile.DefaultName);
        var options = new LedgerOptions { Clients = connection.Clients, Outputs = new FolderOutputStore(folder), Batch = PlayRuns.Batch };
        await using var ledger = await LedgerFile.OpenAsync(path, options, session.Interruption.Asked);
        var settings = new PlaySettings(connection, folder)
        {
            Simulator = simulator, MaxCost = parsed.GetValue(MaxCost), IsStrict = parsed.GetValue(StrictCost),
        };
        await using var page = new PlayPage(settings, ledger);
        await using var server = await PageServer.StartAsync(
            new RequestGuard("zoetrope play", isReadOnly: false), page.RespondAsync, parsed.GetValue(Port), PlayFiles.Largest, session.Interruption.Asked);
        Print(session, parsed.GetValue(Json), server, settings);
        await session.Interruption.UntilAskedAsync();
        return ExitCode.Done;
    }

    private static void Print(Session session, bool asJson, PageServer server, PlaySettings settings)
    {
        if (asJson)
        {
            JsonOutput.WriteLine(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("type", "page");
                writer.WriteString("url", Address.Of(server.Url));
                writer.WriteString("token", server.Token);
                writer.WriteBoolean("paid", settings.IsPaid);
                writer.WriteString("folder", settings.Folder);
                writer.WriteEndObject();
            });
        }
        else
            Console.Out.WriteLine(Address.Of(server.Url));
        session.Reporter.WriteLine(settings.Simulator is { } simulator
            ? $"The playground uses the simulator at {Address.Of(simulator)}: nothing costs anything, and results are examples."
            : $"The playground uses the keys of {string.Join(", ", settings.Connection.Clients.Select(client => client.Provider))}: jobs cost money, and each "
                + $"is confirmed first{(settings.MaxCost is { } most ? $"; none may cost more than {new CostAmount(most, CostAmount.Usd)}" : "")}.");
        session.Reporter.WriteLine("Only who has this address can open it, on this machine. Ctrl+C stops it.");
    }

    private static async Task<(Connection, Uri? Simulator)> ConnectAsync(Uri? server, bool simulate)
    {
        var providers = Provider.All.Where(provider => provider.Endpoints.Count > 0).ToList();
        var withKeys = providers.FindAll(provider => provider.HasKey);
        if (server is null && !simulate && withKeys.Count > 0)
        {
            var targets = withKeys.Select(provider => new ServerTarget(provider, provider.BaseUrl));
            return (new Connection([.. targets.Select(target => (target, target.Connect()))], null), null);
        }
        IAsyncDisposable? embedded = null;
        if (server is null)
            (server, embedded, _) = await EmbeddedSimulator.StartAsync(new SimulatorSettings());
        return (new Connection([.. providers.Select(provider => (new ServerTarget(provider, server), provider.ConnectToSimulator(server)))], embedded), server);
    }

    // Jobs of a simulator are not among those that were paid for.
    private static string DefaultFolder(Uri? simulator) => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "zoetrope",
        simulator is null ? "playground" : $"playground-{simulator.Port}");
}
