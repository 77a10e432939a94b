using System.CommandLine;
using Zoetrope.Cli.Completion;
using Zoetrope.Cli.Input;
using Zoetrope.Cli.Jobs;
using Zoetrope.Cli.Models;
using Zoetrope.Cli.Output;
using Zoetrope.Costs;
using Zoetrope.Routing;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope run MODEL</c>: checks, submits, follows and saves.</summary>
internal static class RunCommand
{
    private static readonly Argument<string> Model = new("MODEL")
    {
        // Otherwise help lists all that completes it.
        HelpName = "MODEL",
        Description = "A neutral model name or a provider's endpoint id, as listed by `zoetrope models`, where the provider may precede it, as in "
            + "runway:gen4_turbo; or, with the provider, any other endpoint of it, whose input is not validated.",
    };

    private static readonly Option<string?> ProviderName = Options.ProviderName(
        "The only provider to use. Without it a neutral model is sent to the first provider that has a key, and to the next one only if that definitely did "
            + "not accept the job.");

    private static readonly Option<RoutePolicy?> Policy = new("--policy")
    {
        Description = "By what the providers of a neutral model are ordered: preferred (the order of `zoetrope models`, the default), or cheapest, by known "
            + "prices.",
        HelpName = "preferred|cheapest",
        CustomParser = result =>
        {
            // A history of run times, by which the fastest is found, does not outlive this process.
            var text = result.Tokens[^1].Value;
            if (text is "preferred" or "cheapest")
                return text == "cheapest" ? RoutePolicy.Cheapest : RoutePolicy.Preferred;
            result.AddError($"--policy: must be preferred or cheapest, but is '{text}'");
            return null;
        },
    };

    private static readonly Option<string[]> Deny = new("--deny")
    {
        Description = "A provider that may not be used for a neutral model; can be repeated.",
        HelpName = "PROVIDER",
    };

    private static readonly Option<string[]> Input = new("--input", "-i")
    {
        Description = "A parameter: text, or JSON if the parameter is a list, an object or unknown; or @FILE, a local file that is uploaded to the provider.",
        HelpName = "NAME=VALUE",
    };

    private static readonly Option<string[]> Extra = new("--extra")
    {
        Description = "A parameter that the model's documents do not declare, sent as it is.",
        HelpName = "NAME=JSON",
    };

    private static readonly Option<string[]> Files = new("--file")
    {
        Description = "A parameter whose value is a local file, sent with the request as a data URI, to providers that accept one.",
        HelpName = "NAME=FILE",
    };

    private static readonly Option<string?> InputJson = new("--input-json")
    {
        Description = "A file with a JSON object of parameters; - reads it from stdin. --input, --file and --extra take precedence.",
        HelpName = "FILE|-",
    };

    private static readonly Option<bool> NoWait = new("--no-wait")
    {
        Description = "Only submit, and print the handle as JSON.",
    };

    private static readonly Option<CostAmount?> MaxCost = new("--max-cost")
    {
        Description = "The most that the job may cost, such as 0.50 (US dollars), 0.50EUR or '20 credits'. What is surely above is not submitted; where "
            + "that is not known, a warning says so.",
        HelpName = "AMOUNT",
        CustomParser = result =>
        {
            if (CostText.Read(result.Tokens[^1].Value, out var amount) is not { } problem)
                return amount;
            result.AddError($"--max-cost: {problem}");
            return null;
        },
    };

    private static readonly Option<bool> StrictCost = new("--strict-cost")
    {
        Description = "With --max-cost: submit nothing whose cost is not known to be within it.",
    };

    private static readonly Option<bool> Estimate = new("--estimate")
    {
        Description = "Only print what the job would cost, as JSON. Nothing is submitted.",
    };

    private static readonly Option<bool> Simulate = new("--simulate")
    {
        Description = "Run against a local simulator: no key, no cost, even if a key is in the environment.",
    };

    private static readonly Option<Uri?> BaseUrl = Options.BaseUrl();
    private static readonly Option<TimeSpan?> Timeout = Options.Timeout();
    private static readonly Option<string?> Output = Options.Output();
    private static readonly Option<bool> CancelOnInterrupt = Options.CancelOnInterrupt();
    private static readonly Option<bool> Open = Options.Open();
    private static readonly Option<bool> Preview = Options.Preview();
    private static readonly Option<bool> Json = Options.JsonErrors();

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("run", "Submits a job, waits for its result and prints it as JSON.")
        {
            Model, ProviderName, Policy, Deny, Input, Files, Extra, InputJson, Output, Timeout, NoWait, CancelOnInterrupt, MaxCost, StrictCost,
            Estimate, BaseUrl, Simulate, Open, Preview, Json,
        };
        ModelCompletions.AddModels(Model.CompletionSources, ProviderName);
        ModelCompletions.AddInputs(Input, Model, ProviderName, hasValues: true);
        ModelCompletions.AddInputs(Files, Model, ProviderName, hasValues: false);
        Options.SetValues(Policy, "preferred", "cheapest");
        Options.SetValues(Deny, [.. Provider.All.Select(provider => provider.Name)]);
        Deny.Validators.Add(result =>
        {
            foreach (var name in result.GetValueOrDefault<string[]>() ?? [])
                Options.RequireProvider(result, name);
        });
        command.SetAction((parsed, _) => Session.RunAsync(session => RunAsync(session, parsed)));
        return command;
    }

    /// <summary>The model that a command line of <c>run</c> names, for its help; null where it names none.</summary>
    /// <exception cref="UsageException">There is no such model.</exception>
    public static ModelTarget? FindModel(ParseResult parsed) =>
        parsed.GetResult(Model) is { Tokens: [{ Value: var name }] } && !name.StartsWith('-') ? ModelTarget.Resolve(name, parsed.GetValue(ProviderName)) : null;

    private static async Task<int> RunAsync(Session session, ParseResult parsed)
    {
        var target = ModelTarget.Resolve(parsed.GetRequiredValue(Model), parsed.GetValue(ProviderName));
        var plan = ConnectionPlan.ForNewJob(ReadProviders(parsed, target), parsed.GetValue(BaseUrl), parsed.GetValue(Simulate));
        var follow = ReadFollowOptions(parsed);
        var input = await ReadInputAsync(parsed, target, session.Interruption.Asked);
        foreach (var warning in JobSubmitter.Check(target, input, plan.Providers))
            session.Reporter.WriteLine($"warning: {warning}");
        if (plan.IsEmbedded)
            CheckSimulation(parsed, target);
        if (target.Parameters is null)
            session.Reporter.WriteLine($"This build has no document of '{target.Name}': its input is sent without validation.");

        var limit = ReadLimit(parsed);
        session.Connection = await plan.OpenAsync(session.Reporter);
        if (parsed.GetValue(Estimate))
        {
            await CostReport.PrintAsync(session, target, input.Build());
            return ExitCode.Done;
        }
        foreach (var (name, path, _) in input.Uploads)
            session.Reporter.WriteLine($"{name}: uploading '{path}' ({new FileInfo(path).Length} bytes).");
        var job = await JobSubmitter.SubmitAsync(session, target, input.Build(), limit, parsed.GetValue(Policy) ?? RoutePolicy.Preferred);
        // Its texts keep the files.
        GC.KeepAlive(input);
        if (follow is not null)
            return await JobFollower.FollowAsync(session, job, follow);
        try
        {
            JsonOutput.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("handle", job.Handle.ToString());
                writer.WriteEndObject();
            });
        }
        catch (IOException)
        {
            session.ReportHowToResume(job.Handle);
            throw;
        }
        return ExitCode.Done;
    }

    private static List<Provider> ReadProviders(ParseResult parsed, ModelTarget target)
    {
        var denied = parsed.GetValue(Deny) ?? [];
        if (target.Neutral is null && (denied.Length > 0 || parsed.GetValue(Policy) is not null))
        {
            var option = denied.Length > 0 ? Deny.Name : Policy.Name;
            throw new UsageException($"{option}: '{target.Name}' is a model of one provider, {target.Providers[0].Name}");
        }
        var allowed = target.Providers.Where(provider => !denied.Contains(provider.Name)).ToList();
        return allowed.Count > 0
            ? allowed
            : throw new UsageException(
                $"--deny: no provider of '{target.Name}' is left; {string.Join(", ", target.Providers.Select(provider => provider.Name))} have it");
    }

    /// <summary>Refuses what the embedded simulator cannot do, before it is started.</summary>
    private static void CheckSimulation(ParseResult parsed, ModelTarget target)
    {
        if (parsed.GetValue(NoWait))
        {
            throw new UsageException(
                [$"--no-wait: {(parsed.GetValue(Simulate) ? "" : "no key is set, and ")}the embedded simulator and its jobs end with this command"],
                ["Start `zoetrope simulate` in another terminal, and pass its address with --base-url."]);
        }
        // Who has asked for the simulator does not take its results for the model's.
        if (target.Parameters is null && !parsed.GetValue(Simulate))
        {
            throw new UsageException(
                [$"MODEL: no key is set, and the embedded simulator has no document of '{target.Name}'"],
                [$"Set {string.Join(", ", target.Providers.Select(provider => provider.KeyVariables))}; or pass --simulate for a result of the usual kind. To "
                    + "have the model's own, fetch its document with `zoetrope specs add`, start `zoetrope simulate --specs FOLDER` in another terminal, and "
                    + "pass its address with --base-url."]);
        }
    }

    private static CostLimit? ReadLimit(ParseResult parsed)
    {
        var isStrict = parsed.GetValue(StrictCost);
        if (parsed.GetValue(MaxCost) is { } amount)
            return new(amount.Value, amount.Unit) { IsStrict = isStrict };
        return isStrict ? throw new UsageException("--strict-cost: needs --max-cost") : null;
    }

    private static FollowOptions? ReadFollowOptions(ParseResult parsed)
    {
        var timeout = parsed.GetValue(Timeout);
        var output = parsed.GetValue(Output);
        if (!parsed.GetValue(NoWait))
            return FollowOptions.Read(timeout, output, parsed.GetValue(CancelOnInterrupt), parsed.GetValue(Open), parsed.GetValue(Preview));
        if (parsed.GetValue(Open) || parsed.GetValue(Preview))
            throw new UsageException($"--no-wait: cannot be used together with {(parsed.GetValue(Open) ? Open.Name : Preview.Name)}");
        if (timeout is not null || output is not null)
            throw new UsageException($"--no-wait: cannot be used together with {(timeout is null ? "--output" : "--timeout")}; `zoetrope resume` accepts it");
        return null;
    }

    private static async Task<InputBuilder> ReadInputAsync(ParseResult parsed, ModelTarget target, CancellationToken cancellationToken)
    {
        var input = new InputBuilder(target.Parameters);
        if (parsed.GetValue(InputJson) is { } source)
            input.AddObject(await InputFile.ReadAsync(source, "--input-json", cancellationToken), InputFile.Describe(source));
        input.AddInputs(parsed.GetValue(Input) ?? []);
        await input.AddFilesAsync(parsed.GetValue(Files) ?? [], cancellationToken);
        input.AddExtras(parsed.GetValue(Extra) ?? []);
        return input;
    }
}
