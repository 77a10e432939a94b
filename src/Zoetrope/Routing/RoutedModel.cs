using Zoetrope.Clients;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Validation;

namespace Zoetrope.Routing;

/// <summary>A neutral model of a router, such as <c>router.KlingO3ProImageToVideo</c>.</summary>
/// <typeparam name="TRequest">The type of the neutral input.</typeparam>
/// <typeparam name="TResult">The type of the neutral result.</typeparam>
public readonly struct RoutedModel<TRequest, TResult>
    where TRequest : class, IModelRequest<TRequest>
    where TResult : class, IJsonModel<TResult>
{
    internal RoutedModel(MediaRouter router, NeutralModel<TRequest, TResult> model)
    {
        Router = router;
        Model = model;
    }

    /// <summary>The router.</summary>
    public MediaRouter Router { get; }

    /// <summary>The model.</summary>
    public NeutralModel<TRequest, TResult> Model { get; }

    /// <inheritdoc cref="MediaRouter.RunAsync"/>
    public Task<JobResult<TResult>> RunAsync(TRequest request, RouteOptions? options = null, CancellationToken cancellationToken = default) =>
        Router.RunAsync(Model, request, options, cancellationToken);

    /// <inheritdoc cref="MediaRouter.SubmitAsync"/>
    public Task<Job<TResult>> SubmitAsync(TRequest request, RouteOptions? options = null, CancellationToken cancellationToken = default) =>
        Router.SubmitAsync(Model, request, options, cancellationToken);

    /// <inheritdoc cref="MediaRouter.Resume"/>
    public Job<TResult> Resume(JobHandle handle) => Router.Resume(Model, handle);

    /// <summary>Validates a request, independent of the provider.</summary>
    public ValidationResult Validate(TRequest request) => ValidationResult.Of(request);
}
