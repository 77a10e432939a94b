using System.Diagnostics;
using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Telemetry;
using Zoetrope.Validation;

namespace Zoetrope.Routing;

/// <summary>
/// Runs neutral models at one of several providers. The order of the clients is the order of preference, unless <see cref="RouteOptions.Policy"/> says
/// otherwise. Another provider is tried only if the previous one definitely rejected the job for a reason other than the request itself, or does not support
/// the valid request. What happened is a warning on the result, and in its <see cref="JobResult{TResult}.Route"/>.
/// </summary>
public class MediaRouter
{
    private readonly MediaClient[] _clients;

    /// <summary>Initializes a new instance of the <see cref="MediaRouter"/> class.</summary>
    /// <param name="clients">The clients in order of preference, one per provider. They are not disposed with the router.</param>
    public MediaRouter(params MediaClient[] clients)
    {
        ArgumentNullException.ThrowIfNull(clients);
        if (clients.Length == 0)
            throw new ArgumentException("A router needs at least one client.", nameof(clients));
        for (var i = 0; i < clients.Length; i++)
        {
            if (Array.FindIndex(clients, client => client.Provider == clients[i].Provider) != i)
                throw new ArgumentException($"There are two clients for {clients[i].Provider}; pass one per provider.", nameof(clients));
        }
        _clients = clients;
    }

    /// <summary>The run times that <see cref="RoutePolicy.Fastest"/> compares. <see cref="RunAsync"/> adds those of its runs.</summary>
    public RouteHistory History { get; init; } = new();

    /// <summary>
    /// Returns the price that <see cref="RoutePolicy.Cheapest"/> compares; null where it is not known. By default it is the price that the catalog
    /// states, which is <see cref="RouteCandidate.Price"/> of the argument; the catalog of <c>Zoetrope.Catalog</c> states none. Where it is null, the
    /// cost of the job by the price rules of the provider's document is compared, if it has any.
    /// </summary>
    public Func<RouteCandidate, ModelPrice?>? PriceSource { get; init; }

    /// <summary>Binds a model to this router.</summary>
    public RoutedModel<TRequest, TResult> Model<TRequest, TResult>(NeutralModel<TRequest, TResult> model)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : class, IJsonModel<TResult> => new(this, model);

    /// <summary>Submits a job and waits for its result.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">The neutral input.</param>
    /// <param name="options">The options of the choice, the submit and the wait.</param>
    /// <param name="cancellationToken">A token to stop waiting; the job continues unless <see cref="WaitOptions.CancelJobOnAbort"/> is set.</param>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="SubmitException">The submit failed.</exception>
    /// <exception cref="RoutingException">No provider is left: several were ruled out or tried, and none accepted the job.</exception>
    /// <exception cref="JobException">The job or the wait failed after the submit; the exception carries the job's handle.</exception>
    public async Task<JobResult<TResult>> RunAsync<TRequest, TResult>(
        NeutralModel<TRequest, TResult> model, TRequest request, RouteOptions? options = null, CancellationToken cancellationToken = default)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : class, IJsonModel<TResult>
    {
        ArgumentNullException.ThrowIfNull(model);
        var wait = options?.Wait ?? WaitOptions.Default;
        using var activity = Instrumentation.Start("zoetrope.run", null, model.Name);
        try
        {
            var start = Stopwatch.GetTimestamp();
            var job = await SubmitCoreAsync(model, request, options, wait, cancellationToken).ConfigureAwait(false);
            // What other providers took to refuse the job is not the run time of this one.
            if (job.Route?.RuledOut.Any(static ruling => ruling.Stage == RouteStage.Submit) == true)
                start = Stopwatch.GetTimestamp();
            var result = await job.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
            History.Record(model.Name, result.Handle.Provider, Stopwatch.GetElapsedTime(start));
            return result;
        }
        catch (Exception exception)
        {
            Instrumentation.Fail(activity, exception);
            throw;
        }
    }

    /// <summary>Submits a job, and returns as soon as a provider has accepted it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">The neutral input.</param>
    /// <param name="options">The options of the choice and the submit.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="SubmitException">The submit failed; the exception says whether a job may exist nevertheless.</exception>
    /// <exception cref="RoutingException">No provider is left: several were ruled out or tried, and none accepted the job.</exception>
    /// <exception cref="ArgumentException">The router has no client for a provider that serves the model, or for the preferred one.</exception>
    public Task<Job<TResult>> SubmitAsync<TRequest, TResult>(
        NeutralModel<TRequest, TResult> model, TRequest request, RouteOptions? options = null, CancellationToken cancellationToken = default)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : class, IJsonModel<TResult> => SubmitCoreAsync(model, request, options, null, cancellationToken);

    /// <summary>Submits a job whose neutral input and result are JSON, for programs that know the model only at run time.</summary>
    /// <exception cref="System.Text.Json.JsonException">The input is not an object.</exception>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="SubmitException">The submit failed; the exception says whether a job may exist nevertheless.</exception>
    public Task<Job<RawJson>> SubmitJsonAsync(NeutralModel model, RawJson input, RouteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.SubmitJsonAsync(this, input, options, cancellationToken);
    }

    /// <summary>Resumes a job that was submitted before, possibly by another process. Nothing is sent.</summary>
    /// <exception cref="ArgumentException">The router has no client for the handle's provider, or the model has no route to its endpoint.</exception>
    public Job<TResult> Resume<TRequest, TResult>(NeutralModel<TRequest, TResult> model, JobHandle handle)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : class, IJsonModel<TResult>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(handle);
        if (!model.Providers.Contains(handle.Provider) || model.EndpointId(handle.Provider) != handle.EndpointId)
            throw new ArgumentException(
                $"The handle belongs to {handle.EndpointId} at {handle.Provider}, which does not serve the model {model.Name}.", nameof(handle));
        var client = Array.Find(_clients, client => client.Provider == handle.Provider)
            ?? throw new ArgumentException($"The router has no client for {handle.Provider}.", nameof(handle));
        return client.Resume(handle, RouteTo(model, client).ReadResult);
    }

    private async Task<Job<TResult>> SubmitCoreAsync<TRequest, TResult>(
        NeutralModel<TRequest, TResult> model, TRequest request, RouteOptions? options, WaitOptions? wait, CancellationToken ct)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : class, IJsonModel<TResult>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        options ??= new RouteOptions();
        if (options.Submit is null or { Validate: true })
            ValidationResult.Of(request).ThrowIfInvalid();
        foreach (var provider in options.Extras?.Keys ?? [])
        {
            if (!RouteOrder.Has(model.Providers, provider))
                throw new ArgumentException($"There are extras for {provider}, which does not serve {model.Name}.", nameof(options));
        }
        var candidates = new List<RouteCandidate>(_clients.Length);
        foreach (var client in _clients)
        {
            if (!model.Providers.Contains(client.Provider))
                continue;
            var route = RouteTo(model, client);
            var extras = RouteOrder.ExtrasOf(options, client.Provider);
            MappedRequest? mapped = null;
            candidates.Add(Priced(new(model.Name, client.Provider, route.EndpointId)
            {
                Price = route.Price,
                Client = client,
                Map = () => mapped ??= route.Map(request, extras),
            }));
        }
        var input = options.Policy == RoutePolicy.Cheapest ? RawJson.From(request) : RawJson.Null;
        var choice = new RouteChoice(model, candidates, options, History, input);
        var session = await choice.SubmitAsync(wait, ct).ConfigureAwait(false);
        return new Job<TResult>(session, RouteTo(model, choice.Chosen!).ReadResult, choice.Warnings, choice.Report());
    }

    private RouteCandidate Priced(RouteCandidate candidate) => PriceSource is { } source ? candidate with { Price = source(candidate) } : candidate;

    private static ModelRoute<TRequest, TResult> RouteTo<TRequest, TResult>(NeutralModel<TRequest, TResult> model, MediaClient client)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : class, IJsonModel<TResult> => model.RouteTo(client)
        ?? throw new ArgumentException(
            $"The client for {client.Provider} is a {client.GetType()}, but the routes of {model.Name} are for the generated client of {client.Provider} and "
            + "classes derived from it.");
}
