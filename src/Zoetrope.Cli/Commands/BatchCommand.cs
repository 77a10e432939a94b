using System.CommandLine;
using Zoetrope.Cli.Batches;
using Zoetrope.Cli.Completion;
using Zoetrope.Cli.Input;
using Zoetrope.Cli.Ledgers;
using Zoetrope.Cli.Models;
using Zoetrope.Cli.Output;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Delivery;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope batch FILE</c>: runs each line of a file as a job of a ledger, and can be stopped and resumed at any moment.</summary>
internal static class BatchCommand
{
    private const string SecretName = "ZOETROPE_WEBHOOK_SECRET";

    private static readonly Argument<string> File = new("FILE")
    {
        Description = "The inputs: JSON Lines (an object a line), or CSV with the names of parameters as its header; - reads stdin. $id names a job, after "
            + "which its files are named; $model names the model of a line.",
    };

    private static readonly Option<string?> Model = new("--model", "-m")
    {
        Description = "The model of the lines that have no $model: a neutral name or a provider's endpoint id, as `zoetrope run` takes it.",
        HelpName = "MODEL",
    };

    private static readonly Option<string[]> Input = new("--input", "-i")
    {
        Description = "A parameter of all lines that do not set it themselves. A value, here and in FILE, may be @PATH: a local file, which is uploaded first.",
        HelpName = "NAME=VALUE",
    };

    private static readonly Option<string?> ProviderName = Options.ProviderName(
        "The provider. Without it a neutral model is run by the first provider that has a key, and a batch that was begun goes on where it was.");

    private static readonly Option<string?> Out = new("--out", "-o")
    {
        Description = "The folder for the files of the results, each with a .job.json beside it.",
        HelpName = "FOLDER",
        Required = true,
    };

    private static readonly Option<decimal?> MaxCost = Options.Dollars(
        "--max-cost",
        "The most that the batch may cost, in US dollars. Before a job is sent, what was spent and what running jobs may cost are counted; at the cap the rest "
            + "waits. The same command with a greater one goes on. Default: the cap that the batch has, or none.");

    private static readonly Option<decimal?> MaxJobCost = Options.Dollars(
        "--max-job-cost",
        "The most that one job may cost, in US dollars: a line that surely costs more is not valid, and one whose cost is not known counts as much.");

    private static readonly Option<int> Parallel = new("--parallel")
    {
        Description = "The maximum number of jobs in flight.",
        HelpName = "N",
        DefaultValueFactory = _ => 16,
    };

    private static readonly Option<bool> Again = new("--again")
    {
        Description = "Run the inputs that the batch has already once more, and pay for them again.",
    };

    private static readonly Option<bool> Keep = new("--keep")
    {
        Description = "Also run the jobs of the batch that are still to be sent and are not in FILE any more; without it they are an error.",
    };

    private static readonly Option<string?> Batch = new("--batch")
    {
        Description = "The name of the batch, in which each input is one job. Default: the name of the file.",
        HelpName = "NAME",
    };

    private static readonly Option<string?> Notify = new("--notify")
    {
        Description = "A URL that gets a signed webhook when a job of the batch is done, has failed, was canceled, or is in doubt. Its secret (whsec_...) is "
            + $"in {SecretName}.",
        HelpName = "URL",
    };

    private static readonly Option<bool> Simulate = new("--simulate")
    {
        Description = "Run against a local simulator: no key, no cost, and a ledger that ends with the command.",
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print the jobs and then a summary as JSON Lines.",
    };

    private static readonly Option<string?> Ledger = LedgerFile.Option($"{LedgerFile.DefaultName} in the folder of --out");
    private static readonly Option<Uri?> BaseUrl = Options.BaseUrl();

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "batch", "Runs each line of a file as a job, saves the files of the results, and resumes where it was stopped: nothing is paid for twice.")
        {
            File, Model, Input, ProviderName, Out, MaxCost, MaxJobCost, Parallel, Again, Keep, Ledger, Batch, Notify, BaseUrl, Simulate, Json,
        };
        ModelCompletions.AddModels(Model.CompletionSources, ProviderName);
        ModelCompletions.AddInputs(Input, Model, ProviderName, hasValues: true);
        Parallel.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.GetValueOrDefault<int>() is < 1 or > 10_000)
                result.AddError("--parallel: must be from 1 to 10000");
        });
        command.SetAction((parsed, _) => Session.RunAsync(session => RunAsync(session, parsed)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed)
    {
        var source = parsed.GetRequiredValue(File);
        var output = parsed.GetRequiredValue(Out)!;
        if (output.Length == 0 || output.Contains('\0', StringComparison.Ordinal) || System.IO.File.Exists(output))
            throw new UsageException("--out: must be the path of a folder");
        var batch = parsed.GetValue(Batch) ?? (source == "-" ? "stdin" : Path.GetFileName(source));
        if (string.IsNullOrWhiteSpace(batch))
            throw new UsageException("--batch: must not be empty");
        var (baseUrl, simulate) = (parsed.GetValue(BaseUrl), parsed.GetValue(Simulate));
        var notifications = NotificationsOf(parsed.GetValue(Notify), batch);
        var rows = BatchFile.Read(await InputFile.ReadAsync(source, "FILE", session.Interruption.Asked), source);

        var path = LedgerFile.PathOf(parsed.GetValue(Ledger), output);
        var models = new BatchModels(
            parsed.GetValue(Model), parsed.GetValue(ProviderName), providers => ConnectionPlan.ForNewJob(providers, baseUrl, simulate));
        var exists = !simulate && System.IO.File.Exists(path);
        if (exists)
        {
            await using var begun = await LedgerFile.OpenAsync(path, new LedgerOptions { Clients = [] }, session.Interruption.Asked);
            await models.ReadAsync(begun, batch);
        }
        if (rows.Any(row => row.Model is null))
            models.FindDefault();
        var plan = BatchPlan.Make(rows, parsed.GetValue(Input) ?? [], batch, models.Of);
        var connection = PlanConnection(models.Providers, baseUrl, simulate, exists);
        // A receiver could not distinguish them from jobs that were paid for.
        if (connection.IsEmbedded && notifications.Any(one => !one.Url.IsLoopback))
            throw new UsageException("--notify: simulated jobs are notified only to a URL of this machine");
        foreach (var warning in plan.Warnings)
            session.Reporter.WriteLine($"warning: {warning}");

        session.Connection = await connection.OpenAsync(session.Reporter);
        var (maxCost, maxJobCost) = (parsed.GetValue(MaxCost), parsed.GetValue(MaxJobCost));
        // Also without a cap: where a provider does not report what a job has cost, what it may cost counts as spent.
        plan = await plan.PriceAsync(session.Connection.ClientOf, maxJobCost, session.Interruption.Asked);
        WritableFolder.Create(output, "--out");
        using var temporary = connection.IsEmbedded ? new TemporaryLedger() : null;
        var parallel = parsed.GetValue(Parallel);
        var options = new LedgerOptions
        {
            Clients = session.Connection.Clients,
            Outputs = new FolderOutputStore(output),
            Notifications = notifications,
            Batch = batch,
            Parallel = Math.Min(parallel, 64),
            MostWaits = parallel,
        };
        await using var ledger = await LedgerFile.OpenAsync(temporary?.Path ?? path, options, session.Interruption.Asked);
        var run = new BatchRun(session, ledger, batch);
        var again = parsed.GetValue(Again);
        var checks = new BatchChecks(ledger, batch, path);
        if (again)
            await checks.RequireFinishedAsync();
        var uploads = new BatchUploads(session, ledger, batch);
        plan = await uploads.FindAsync(plan, again);
        if (!parsed.GetValue(Keep))
            await checks.RequireInFileAsync(plan);
        plan = await uploads.UploadAsync(plan);
        await uploads.RenewAsync(plan);
        await run.RecordAsync(plan, maxCost, again);
        var summary = await run.RunAsync();
        var code = await BatchOutcome.ReportAsync(
            session.Reporter, ledger, summary, batch, temporary is null ? path : null, session.Interruption.Asked.IsCancellationRequested);
        if (await ledger.PendingNotificationsAsync() is var pending and > 0)
        {
            session.Reporter.WriteLine($"{(pending == 1 ? "1 notification is" : $"{pending} notifications are")} not confirmed by {notifications[0].Url.Host}"
                + (temporary is null ? " yet: the same command sends what is left." : "."));
        }
        if (parsed.GetValue(Json))
            await PrintAsync(ledger, summary, batch, temporary is null ? path : null);
        return code == ExitCode.Refused ? session.End(ErrorCode.JobsFailed, code, $"Jobs of '{batch}' failed.") : code;
    }

    private static IReadOnlyList<NotificationOptions> NotificationsOf(string? url, string batch)
    {
        if (url is null)
            return [];
        if (Environment.GetEnvironmentVariable(SecretName) is not { Length: > 0 } secret)
            throw new UsageException($"--notify: needs a secret in {SecretName}: whsec_ and 24 to 64 random bytes in base64");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
            throw new UsageException("--notify: must be an absolute https URL, or an http URL of this machine");
        try
        {
            return [new NotificationOptions(address, secret) { Batch = batch }];
        }
        catch (ArgumentException exception)
        {
            throw new UsageException($"--notify: {exception.Message}");
        }
    }

    private static ConnectionPlan PlanConnection(IReadOnlyList<Provider> providers, Uri? baseUrl, bool simulate, bool exists)
    {
        var plan = ConnectionPlan.ForNewJob(providers, baseUrl, simulate);
        var keyless = plan.IsEmbedded && !simulate && exists ? providers : [.. providers.Except(plan.Providers)];
        return keyless.Count == 0
            ? plan
            : throw new UsageException(
                $"No key is in the environment for {string.Join(" and ", keyless.Select(one => one.Name))}, which jobs of the batch need: set "
                    + $"{string.Join(", ", keyless.Select(one => one.KeyVariables))}.");
    }

    private static async Task PrintAsync(JobLedger ledger, LedgerSummary summary, string batch, string? path)
    {
        await foreach (var job in ledger.ListAsync(new LedgerQuery { Batch = batch, Limit = 1000, WithoutContent = true }))
            JsonOutput.WriteLine(writer => JobText.Write(writer, job));
        JsonOutput.WriteLine(writer => JobText.Write(writer, summary, batch, path));
    }
}
