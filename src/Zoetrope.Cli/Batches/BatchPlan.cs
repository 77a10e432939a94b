using Zoetrope.Cli.Input;
using Zoetrope.Cli.Jobs;
using Zoetrope.Clients;
using Zoetrope.Costs;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Batches;

/// <summary>The jobs of a file, which are all valid.</summary>
internal sealed class BatchPlan
{
    // What is wrong with one line of a file is often wrong with all of them.
    private const int MostProblems = 50;

    private BatchPlan(IReadOnlyList<(int Line, JobIntent Intent)> jobs, BatchFiles files, IReadOnlyList<string> warnings)
    {
        Jobs = jobs;
        Files = files;
        Warnings = warnings;
    }

    /// <summary>The files of this machine that inputs name, for which texts stand in the inputs.</summary>
    public BatchFiles Files { get; }

    /// <summary>The jobs, in the order of their lines.</summary>
    public IReadOnlyList<(int Line, JobIntent Intent)> Jobs { get; }

    /// <summary>What a provider's model does not do as the neutral one says, each once.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Creates the jobs.</summary>
    /// <param name="rows">The lines.</param>
    /// <param name="inputs">The inputs that all lines have which do not set them themselves, as <c>NAME=VALUE</c>.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="modelOf">Finds the model of a line; it throws a <see cref="UsageException"/> where there is none.</param>
    /// <exception cref="UsageException">It lists each problem of each line.</exception>
    public static BatchPlan Make(IReadOnlyList<BatchRow> rows, IReadOnlyList<string> inputs, string batch, Func<BatchRow, BatchModel> modelOf)
    {
        var files = new BatchFiles();
        var jobs = new List<(int, JobIntent)>(rows.Count);
        var problems = new List<string>();
        var ofHeader = new HashSet<string>(StringComparer.Ordinal);
        var warnings = new List<string>();
        foreach (var row in rows)
        {
            var ofRow = new List<string>(row.Problems);
            var unknown = new List<string>();
            try
            {
                if (row.Members is not null || row.Cells.Count > 0 || ofRow.Count == 0)
                    jobs.Add((row.Line, IntentOf(row, inputs, files, batch, modelOf(row), ofRow, unknown, warnings)));
            }
            catch (UsageException exception)
            {
                ofRow.AddRange(exception.Problems);
            }
            // A name of the header is wrong once, unless the rows are of several models.
            if (row.HeaderLine > 0 && row.Model is null)
                problems.AddRange(unknown.Where(ofHeader.Add).Select(problem => $"line {row.HeaderLine}: {problem}"));
            else
                ofRow.AddRange(unknown);
            problems.AddRange(ofRow.Select(problem => $"line {row.Line}: {problem}"));
        }
        return problems.Count == 0 ? new BatchPlan(jobs, files, [.. warnings.Distinct()]) : throw Refused(problems);
    }

    /// <summary>The same jobs with what each may cost: by the rules of its model's document, or by the price that its provider publishes.</summary>
    /// <param name="clientOf">The client of a provider, which is asked for the price of a model once.</param>
    /// <param name="maxJobCost">
    /// What a job may cost in US dollars: one that surely costs more is a problem, and one of which that is not known counts as much.
    /// </param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <exception cref="UsageException">It lists each line that costs too much.</exception>
    public async Task<BatchPlan> PriceAsync(Func<string, MediaClient> clientOf, decimal? maxJobCost, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var jobs = new List<(int, JobIntent)>(Jobs.Count);
        var prices = new JobPrices(keepsFailures: true);
        foreach (var (line, intent) in Jobs)
        {
            var estimate = await prices.EstimateAsync(intent, clientOf(intent.Provider), cancellationToken);
            var (minimum, maximum) = estimate is { Unit: CostAmount.Usd } ? (estimate.Minimum, estimate.Maximum) : default;
            if (minimum > maxJobCost)
                problems.Add($"line {line}: costs {estimate}, which is more than --max-job-cost allows");
            jobs.Add((line, intent with { Ceiling = maximum ?? maxJobCost }));
        }
        return problems.Count == 0 ? With(jobs) : throw Refused(problems);
    }

    /// <summary>The same plan with other jobs.</summary>
    public BatchPlan With(IReadOnlyList<(int Line, JobIntent Intent)> jobs) => new(jobs, Files, Warnings);

    private static UsageException Refused(List<string> problems)
    {
        const string unchanged = "Nothing was recorded or sent.";
        return problems.Count <= MostProblems
            ? new(problems, [unchanged])
            : new([.. problems.Take(MostProblems)], [$"These are the first {MostProblems} of {problems.Count} problems.", unchanged]);
    }

    private static JobIntent IntentOf(
        BatchRow row, IReadOnlyList<string> inputs, BatchFiles files, string batch, BatchModel model, List<string> problems, List<string> unknown,
        List<string> warnings)
    {
        var builder = new InputBuilder(model.Target.Parameters, files.StandInOf);
        builder.AddInputs(inputs);
        if (row.Members is { } members)
            builder.AddMembers(members, BatchRow.LabelName, "the line", static name => name.StartsWith('$'));
        foreach (var (name, text) in row.Cells)
            builder.AddText(name, text);
        var input = builder.Build();
        unknown.AddRange(builder.Problems.Where(problem => problem.IsUnknownName).Select(problem => problem.ToString()));
        var found = builder.Problems.Where(problem => !problem.IsUnknownName).Select(problem => problem.ToString()).ToList();
        var validation = model.Validate(input);
        warnings.AddRange(validation.Warnings.Select(warning => warning.ToString()));
        found.AddRange(validation.Issues
            .Where(issue => builder.Problems.All(problem => problem.Path != issue.Path))
            .Select(issue => issue.ToString()));
        problems.AddRange(found);
        var isValid = found.Count == 0 && unknown.Count == 0;
        var mapped = isValid ? model.Map(input, warnings) : input;
        var endpoint = model.Endpoint;
        if (isValid && model.Target.Neutral is not null && endpoint?.Validate(mapped) is { IsValid: false } refused)
            problems.AddRange(refused.Issues.Select(issue => $"at {model.Provider.Name}: {issue}"));
        var intent = endpoint is null ? new JobIntent(model.Provider.Name, model.EndpointId, mapped) : new JobIntent(endpoint, mapped);
        // What the line says, and not what this version of the tool makes of it: the next one may map it otherwise, and it is the same job.
        return intent with { Batch = batch, Label = row.Label ?? $"line-{row.Line}", Identity = files.IdentityOf(input) };
    }
}
