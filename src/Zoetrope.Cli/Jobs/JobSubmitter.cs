using Zoetrope.Cli.Input;
using Zoetrope.Cli.Models;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Cli.Jobs;

/// <summary>Checks and submits a job.</summary>
internal static class JobSubmitter
{
    /// <summary>Refuses an input that none of the providers would take. Nothing is sent.</summary>
    /// <exception cref="UsageException">It lists every problem with its path.</exception>
    public static void Check(ModelTarget target, InputBuilder input, IReadOnlyList<Provider> providers)
    {
        var body = input.Build();
        var results = providers.Select(provider => Validate(target, provider, body)).ToList();
        var problems = input.Problems.Select(problem => problem.ToString()).ToList();
        if (results.All(result => !result.IsValid))
        {
            // What could not even be read is told once.
            var issues = results[0].Issues.Where(issue => input.Problems.All(problem => problem.Path != issue.Path));
            problems.AddRange(issues.Select(issue => issue.ToString()));
        }
        if (problems.Count > 0)
            throw new UsageException(problems, input.HasUnknownNames ? ["--extra NAME=JSON sends a parameter that the model does not declare."] : null);
    }

    /// <summary>
    /// Submits the job and tells its handle at once. An interrupt waits for the answer to a submit that is on its way, because a job whose handle is not known is paid for
    /// and lost; it lets no other one begin.
    /// </summary>
    public static async Task<Job<RawJson>> SubmitAsync(Session session, ModelTarget target, RawJson input)
    {
        var clients = session.Connection!.Clients;
        var options = new SubmitOptions { Stopping = session.Interruption.Asked };
        using var interrupted = session.Interruption.Asked.Register(
            () => session.Reporter.Say("Interrupted during the submit: waiting for its answer, so that the job is not lost. Interrupt again to give up."));
        Job<RawJson> job;
        try
        {
            job = target.Neutral is { } neutral
                ? await new MediaRouter([.. clients]).SubmitJsonAsync(neutral, input, new RouteOptions { Submit = options }, session.Interruption.Insisted)
                : await clients[0].SubmitAsync(target.Name, input, options, session.Interruption.Insisted);
        }
        catch (SubmitCanceledException exception)
        {
            throw new InterruptedException(
                "Interrupted during the submit. Whether the provider accepted the job is not known: look at its list of requests before submitting once more.",
                exception);
        }
        catch (OperationCanceledException exception)
        {
            throw new InterruptedException("Interrupted before a provider accepted the job: there is none.", exception);
        }
        foreach (var warning in job.Warnings)
            session.Reporter.Say($"warning: {warning}");
        session.SayHowToResume(job.Handle);
        return job;
    }

    private static ValidationResult Validate(ModelTarget target, Provider provider, RawJson input) => target.Neutral is { } neutral
        ? neutral.Validate(provider.Name, input)
        : ModelTarget.FindEndpoint(provider, target.Name)!.Endpoint.Validate(input);
}
