using System.CommandLine;
using System.Net.Sockets;
using System.Security.Cryptography;
using ModelContextProtocol.Server;
using Zoetrope.Cli.Ledgers;
using Zoetrope.Cli.Mcp.Running;
using Zoetrope.Cli.Mcp.Serving;
using Zoetrope.Cli.Models;
using Zoetrope.Cli.Output;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Delivery;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope mcp</c>: the models as tools of language models.</summary>
internal static class McpCommand
{
    private const string TokenName = "ZOETROPE_MCP_TOKEN";
    private const int ShortestToken = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly Option<int?> Http = new("--http")
    {
        Description = "Serve streamable HTTP on 127.0.0.1 in place of stdin and stdout, at this port, or at a free one. Clients need the token that is "
            + $"printed, or that is in {TokenName}.",
        HelpName = "PORT",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<decimal?> MaxCost = Options.Dollars(
        "--max-cost",
        "The most that all jobs of this run of the server may cost together, in US dollars. What a job may cost is set aside before it is sent; one whose "
            + "price is not known is refused. Required, unless --no-spend-limit or --simulate is given.");

    private static readonly Option<bool> NoSpendLimit = new("--no-spend-limit") { Description = "Run jobs whatever they cost." };

    private static readonly Option<bool> AllowUnknownPrice = new("--allow-unknown-price")
    {
        Description = "With --max-cost: also run models whose price is not known, one at a time, while something is left. They count when they have ended, by "
            + "what their provider reports: models whose cost it does not report are not limited.",
    };

    private static readonly Option<string[]> AllowFolder = new("--allow-folder")
    {
        Description = "A folder whose files may be uploaded; can be repeated. None by default.",
        HelpName = "FOLDER",
    };

    private static readonly Option<string?> Out = new("--out", "-o")
    {
        Description = "A folder where the files of results are saved. By default they stay at the provider, and results have their URLs.",
        HelpName = "FOLDER",
    };

    private static readonly Option<TimeSpan?> Wait = new("--wait")
    {
        Description = "How long a call waits for its job unless it says so itself: 30s, 5m; at most 1h. Default: 45s, because clients stop waiting after 60s.",
        HelpName = "T",
        CustomParser = result =>
        {
            if (Input.Duration.Read(result.Tokens[^1].Value, mayBeZero: true, out var wait) is { } problem)
                result.AddError($"--wait: {problem}");
            else if (wait <= TimeSpan.FromHours(1))
                return wait;
            else
                result.AddError("--wait: must be at most 1h");
            return null;
        },
    };

    private static readonly Option<bool> Simulate = new("--simulate")
    {
        Description = "Run against a local simulator: no key, no cost, no limit, and a ledger that ends with the command.",
    };

    private static readonly Option<string?> Ledger = LedgerFile.Option($"zoetrope/{LedgerFile.DefaultName} in your folder of application data");
    private static readonly Option<Uri?> BaseUrl = Options.BaseUrl();

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("mcp", "Serves the models as tools to language models, by the Model Context Protocol (MCP), on stdin and stdout or by HTTP.")
        {
            MaxCost, NoSpendLimit, AllowUnknownPrice, AllowFolder, Out, Wait, Http, Ledger, BaseUrl, Simulate,
        };
        Http.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int?>() is < 0 or > 65535)
                result.AddError("--http: must be from 0 to 65535");
        });
        command.SetAction((parsed, _) => Session.RunAsync(session => RunAsync(session, parsed)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed)
    {
        var simulate = parsed.GetValue(Simulate);
        var limit = ReadLimit(parsed, simulate);
        var folders = new AllowedFolders(parsed.GetValue(AllowFolder) ?? []);
        var settings = new McpSettings(parsed.GetValue(AllowUnknownPrice), parsed.GetValue(Wait) ?? TimeSpan.FromSeconds(45));
        var plan = ConnectionPlan.ForNewJob(Provider.All, parsed.GetValue(BaseUrl), simulate);
        if (plan.IsEmbedded && !simulate)
        {
            throw new UsageException(
                ["No key is in the environment."], [$"Set {string.Join(", ", Provider.All.Select(one => one.KeyVariables).Distinct())}; or pass --simulate."]);
        }
        (string Token, bool IsGiven)? token = parsed.GetResult(Http) is null ? null : ReadToken();
        if (parsed.GetValue(Out) is { } output)
            WritableFolder.Create(output, "--out");
        using var temporary = plan.IsEmbedded ? new TemporaryLedger() : null;
        session.Connection = await plan.OpenAsync(session.Reporter);
        var options = new LedgerOptions
        {
            Clients = session.Connection.Clients,
            Outputs = parsed.GetValue(Out) is { } folder ? new FolderOutputStore(folder) : null,
        };
        await using var ledger = await LedgerFile.OpenAsync(
            temporary?.Path ?? LedgerFile.PathOf(parsed.GetValue(Ledger), DefaultFolder), options, session.Interruption.Asked);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(session.Interruption.Asked);
        var server = new JobServer(ledger, session.Connection, new SpendBudget(limit), folders, settings, stopping.Token);
        try
        {
            if (token is null)
                await ServeStreamsAsync(session, ToolServer.OptionsOf(server), stopping);
            else
                await ServeHttpAsync(session, ToolServer.OptionsOf(server), parsed.GetValue(Http) ?? 0, token.Value.Token, token.Value.IsGiven);
        }
        finally
        {
            await server.FinishSubmitsAsync(session.Interruption.Insisted);
        }
        return ExitCode.Done;
    }

    private static string DefaultFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "zoetrope");

    private static decimal? ReadLimit(ParseResult parsed, bool simulate)
    {
        var limit = parsed.GetValue(MaxCost);
        if (limit is not null && parsed.GetValue(NoSpendLimit))
            throw new UsageException("--max-cost: cannot be used together with --no-spend-limit");
        if (limit is null && parsed.GetValue(AllowUnknownPrice))
            throw new UsageException("--allow-unknown-price: needs --max-cost");
        if (limit is not null || simulate || parsed.GetValue(NoSpendLimit))
            return limit;
        throw new UsageException(
            ["--max-cost: is required, because language models decide what is run"],
            ["Pass the most that all jobs of this run may cost, such as --max-cost 5, or --no-spend-limit for no limit, or --simulate to pay nothing."]);
    }

    private static (string Token, bool IsGiven) ReadToken()
    {
        if (Environment.GetEnvironmentVariable(TokenName) is not { Length: > 0 } given)
            return (RandomNumberGenerator.GetHexString(64, lowercase: true), false);
        return given.Length >= ShortestToken && given.All(char.IsAsciiLetterOrDigit)
            ? (given, true)
            : throw new UsageException($"{TokenName}: must have at least {ShortestToken} letters and digits, such as those of `openssl rand -hex 32`");
    }

    private static async Task ServeStreamsAsync(Session session, McpServerOptions options, CancellationTokenSource stopping)
    {
        await using var output = StandardStreams.OpenOutput();
        // Nothing but messages may be on stdout, no matter what writes there.
        Console.SetOut(Console.Error);
        await using var input = new CancelableInput(StandardStreams.OpenInput(), stopping.Cancel);
        session.Reporter.WriteLine("Serving MCP on stdin and stdout. The end of stdin stops it.");
        await using var transport = new StreamServerTransport(input, output, "zoetrope");
        await using var server = McpServer.Create(transport, options);
        // What calls return as they end is still written.
        using var ended = new CancellationTokenSource();
        using var asked = session.Interruption.Asked.Register(() => ended.CancelAfter(Patience));
        try
        {
            await server.RunAsync(ended.Token);
        }
        catch (OperationCanceledException) when (session.Interruption.Asked.IsCancellationRequested)
        {
            // A signal is how clients stop a server. Jobs go on.
        }
    }

    private static async Task ServeHttpAsync(Session session, McpServerOptions options, int port, string token, bool isGiven)
    {
        var endpoint = new HttpEndpoint(options, new HttpGuard(token));
        await using var server = await StartAsync();
        var url = LocalServer.Address(server) + HttpEndpoint.Path;
        JsonOutput.WriteLine(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("type", "mcp");
            writer.WriteString("url", url);
            if (!isGiven)
                writer.WriteString("token", token);
            writer.WriteEndObject();
        });
        session.Reporter.WriteLine($"Serving MCP at {url}. Only who has the token can use it, on this machine. Ctrl+C stops it.");
        var stopped = new TaskCompletionSource();
        await using (session.Interruption.Asked.Register(stopped.SetResult))
            await stopped.Task;
        using var patience = new CancellationTokenSource(Patience);
        await server.StopAsync(patience.Token);

        async Task<Microsoft.AspNetCore.Builder.WebApplication> StartAsync()
        {
            try
            {
                return await LocalServer.StartAsync(port, HttpEndpoint.MostBytes, endpoint.HandleAsync, session.Interruption.Asked);
            }
            catch (Exception exception) when (exception is IOException or SocketException)
            {
                throw new UsageException($"--http: cannot listen on port {port}: {exception.Message}");
            }
        }
    }
}
