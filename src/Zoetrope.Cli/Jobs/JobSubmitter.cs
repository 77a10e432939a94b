using Zoetrope.Cli.Input;
using Zoetrope.Cli.Models;
using Zoetrope.Cli.Output;
using Zoetrope.Clients;
using Zoetrope.Costs;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Routing;
using Zoetrope.Validation;

namespace Zoetrope.Cli.Jobs;

/// <summary>Checks and submits a job.</summary>
internal static class JobSubmitter
{
    /// <summary>Rejects an input that none of the providers would accept. Nothing is sent.</summary>
    /// <returns>What is valid and may not be meant, such as a file that is not given and of which the provider then takes a sample.</returns>
    /// <exception cref="UsageException">It lists every problem with its path.</exception>
    public static IReadOnlyList<string> Check(ModelTarget target, InputBuilder input, IReadOnlyList<Provider> providers)
    {
        var body = input.Build();
        var results = providers.Select(provider => Validate(target, provider, body)).ToList();
        var problems = input.Problems.ToList();
        var hints = new List<string>();
        if (results.All(result => !result.IsValid))
        {
            // What could not even be read is reported once, and what is missing may have been in it.
            var issues = results[0].Issues
                .Where(issue => input.Problems.All(problem => problem.Path != issue.Path) && !(input.IsIncomplete && IsAboutMissing(issue)))
                .ToList();
            problems.AddRange(issues.Select(InputProblem.Of));
            hints.AddRange(issues
                .Where(issue => issue.Rule == ValidationRule.Url && input.LocalFiles.Contains(issue.Path))
                .Select(issue => $"--file {issue.Path}=FILE sends a local file, to providers that accept data URIs."));
        }
        if (input.HasUnknownNames)
            hints.Add("--extra NAME=JSON sends a parameter that the model does not declare.");
        if (problems.Count > 0)
            throw new UsageException(problems, hints) { Code = ErrorCode.InvalidRequest };
        return [.. results.FirstOrDefault(result => result.IsValid).Warnings.Select(warning => warning.ToString())];
    }

    /// <summary>
    /// Submits the job and reports its handle at once. An interrupt waits for the response to a submit that is on its way, because a job whose handle is not
    /// known is paid for and lost; it lets no other one begin.
    /// </summary>
    public static async Task<Job<RawJson>> SubmitAsync(Session session, ModelTarget target, RawJson input, CostLimit? limit, RoutePolicy policy)
    {
        var clients = session.Connection!.Clients;
        var options = new SubmitOptions
        {
            Stopping = session.Interruption.Asked,
            MaxCost = limit,
            OnRetry = retry => session.Reporter.WriteLine(StatusText.Of(retry)),
        };
        using var interrupted = session.Interruption.Asked.Register(
            () => session.Reporter.WriteLine("Interrupted during the submit: waiting for its response, so that the job is not lost. Interrupt again to stop "
                + "waiting."));
        if (limit is null)
            CostReport.ReportByRules(session, target, input);
        Job<RawJson> job;
        try
        {
            job = target.Neutral is { } neutral
                ? await new MediaRouter([.. clients]).SubmitJsonAsync(
                    neutral, input, new RouteOptions { Submit = options, Policy = policy }, session.Interruption.Insisted)
                : await SubmitAsync(clients[0], target, input, options, session.Interruption.Insisted);
        }
        catch (SubmitCanceledException exception) when (exception.Handle is { } handle)
        {
            session.ReportHandle(handle);
            throw new InterruptedException("Interrupted during the submit. The provider accepted the job, which can be resumed with its handle.", exception);
        }
        catch (SubmitCanceledException exception)
        {
            throw new InterruptedException(
                "Interrupted during the submit. It is not known whether the provider accepted the job: look at its list of requests before submitting again.",
                exception);
        }
        catch (SubmitException exception) when (exception.Handle is { } handle)
        {
            session.ReportHandle(handle);
            throw;
        }
        catch (OperationCanceledException exception)
        {
            throw new InterruptedException("Interrupted before a provider accepted the job: no job exists.", exception);
        }
        if (policy != RoutePolicy.Preferred && job.Route is { } route)
        {
            foreach (var note in route.Notes)
                session.Reporter.WriteLine(note);
        }
        foreach (var warning in job.Warnings)
            session.Reporter.WriteLine($"warning: {warning}");
        if (job.Estimate is { Certainty: not CostCertainty.Unknown } estimate)
            session.Reporter.WriteLine($"estimated cost at {job.Handle.Provider}: {estimate}");
        session.ReportHandle(job.Handle);
        return job;
    }

    // Only with the model's type can the cost be estimated.
    private static Task<Job<RawJson>> SubmitAsync(
        MediaClient client, ModelTarget target, RawJson input, SubmitOptions options, CancellationToken cancellationToken) =>
        options.MaxCost is not null && CostReport.EndpointOf(target, client) is { } endpoint
            ? client.SubmitAsync(endpoint, input, options, cancellationToken)
            : client.SubmitAsync(target.Name, input, options, cancellationToken);

    private static bool IsAboutMissing(ValidationIssue issue) =>
        issue.Rule is ValidationRule.Required or ValidationRule.ExactlyOne or ValidationRule.AtLeastOne;

    private static ValidationResult Validate(ModelTarget target, Provider provider, RawJson input) => target switch
    {
        { Neutral: { } neutral } => neutral.Validate(provider.Name, input),
        { Parameters: null } => default,
        _ => ModelTarget.FindEndpoint(provider, target.Name)!.Endpoint.Validate(input),
    };
}
