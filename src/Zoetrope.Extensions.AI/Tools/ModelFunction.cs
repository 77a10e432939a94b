using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Zoetrope.Clients;
using Zoetrope.Costs;
using Zoetrope.Extensions.AI.Jobs;
using Zoetrope.Extensions.AI.Mapping;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Validation;

namespace Zoetrope.Extensions.AI.Tools;

/// <summary>
/// A model as a tool of a language model. What costs nothing is returned as an error that the language model can mend; what fails after the submit is thrown,
/// and then the same arguments do not make another job.
/// </summary>
internal sealed class ModelFunction : AIFunction
{
    private const int LongestName = 64;

    private readonly MediaClient _client;
    private readonly ModelInfo _model;
    private readonly CostLimit? _maxCost;
    private readonly ModelToolOptions _options;
    private readonly HashSet<string> _names;
    private readonly ConcurrentDictionary<string, JobHandle?> _failed = new(StringComparer.Ordinal);
    private int _calls;

    public ModelFunction(MediaClient client, ModelInfo model, CostLimit? maxCost, ModelToolOptions? options)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(model);
        if (model.Endpoint.Provider != client.Provider)
            throw new ArgumentException($"{model.Endpoint} is of another provider: this client is for {client.Provider}.", nameof(model));
        _client = client;
        _model = model;
        // A language model does not weigh a warning.
        _maxCost = maxCost is null ? null : maxCost with { IsStrict = true };
        _options = options ?? new();
        var parameters = Offered();
        _names = parameters.Select(static parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        Name = NameOf(_options.Name, model.Endpoint.Id);
        Description = _options.Description ?? DescriptionOf(model);
        JsonSchema = ModelSchema.Of(model, parameters);
    }

    public override string Name { get; }

    public override string Description { get; }

    public override JsonElement JsonSchema { get; }

    public override JsonElement? ReturnJsonSchema => ModelSchema.Result;

    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return base.GetService(serviceType, serviceKey) ?? (serviceKey is not null ? null
            : serviceType.IsInstanceOfType(_client) ? _client
            : serviceType.IsInstanceOfType(_model) ? _model
            : null);
    }

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments.Keys.FirstOrDefault(name => !_names.Contains(name)) is { } unknown)
            return ToolResult.Error($"There is no argument '{unknown}'. The arguments are {string.Join(", ", _names)}.");
        var files = new ModelFiles(_client);
        var input = JsonValues.Object([
            .. _options.FixedArguments,
            .. arguments.Select(argument => KeyValuePair.Create(argument.Key, JsonValues.From(argument.Value, argument.Key, files))),
        ]);
        var validation = _model.Endpoint.Validate(input);
        if (!validation.IsValid)
            return ToolResult.Error(new RequestValidationException(validation).Message);
        var key = input.ToString();
        if (_failed.TryGetValue(key, out var earlier))
        {
            return earlier is null
                ? ToolResult.Error("A job with these arguments was sent before, and may exist. It is not sent again.")
                : await WaitAsync(_client.Resume(earlier), key, cancellationToken).ConfigureAwait(false);
        }
        if (_options.MaxCalls is { } most && Interlocked.Increment(ref _calls) > most)
        {
            Interlocked.Decrement(ref _calls);
            return ToolResult.Error($"This tool may be called {most} times, and was. Nothing was sent.");
        }
        try
        {
            var job = await SubmitAsync(input, key, cancellationToken).ConfigureAwait(false);
            files.KeepUntilHere();
            return await WaitAsync(job, key, cancellationToken).ConfigureAwait(false);
        }
        catch (CostLimitException limit)
        {
            return ToolResult.Error(limit.Message);
        }
    }

    private async Task<Job<RawJson>> SubmitAsync(RawJson input, string key, CancellationToken ct)
    {
        var options = _options.Settings.SubmitOptions?.Invoke() ?? new SubmitOptions();
        if (_maxCost is not null)
            options.MaxCost = _maxCost;
        try
        {
            return await _client.SubmitAsync(_model.Endpoint, input, options, ct).ConfigureAwait(false);
        }
        catch (SubmitException exception) when (!exception.WasNotAccepted)
        {
            _failed[key] = exception.Handle;
            throw;
        }
        catch (SubmitCanceledException exception)
        {
            _failed[key] = exception.Handle;
            throw;
        }
        catch (Exception exception) when (exception.IsSafeToRepeat)
        {
            // There is no job, so the call does not count.
            Interlocked.Decrement(ref _calls);
            throw;
        }
    }

    private async Task<JsonElement> WaitAsync(Job<RawJson> job, string key, CancellationToken ct)
    {
        try
        {
            var result = ToolResult.Of(await job.WaitAsync(_options.Settings.WaitOptions, ct).ConfigureAwait(false));
            _failed.TryRemove(key, out _);
            return result;
        }
        catch (Exception exception) when (exception is not JobFailedException and not JobCanceledException)
        {
            // The job goes on, or its result could not be passed on. The same call gets it.
            _failed[key] = job.Handle;
            throw;
        }
        catch (Exception)
        {
            // The provider says that it has ended without a result.
            _failed.TryRemove(key, out _);
            throw;
        }
    }

    private List<ParameterInfo> Offered()
    {
        foreach (var name in (_options.Parameters ?? []).Concat(_options.FixedArguments.Keys))
        {
            if (_model.Parameters.All(parameter => parameter.Name != name))
                throw new ArgumentException($"{_model.Endpoint} has no parameter '{name}'.", "options");
        }
        var offered = _model.Parameters
            .Where(parameter => !_options.FixedArguments.ContainsKey(parameter.Name) && _options.Parameters?.Contains(parameter.Name) != false)
            .ToList();
        var missing = _model.Parameters.FirstOrDefault(
            parameter => parameter.Required && !offered.Contains(parameter) && !_options.FixedArguments.ContainsKey(parameter.Name));
        return missing is null ? offered : throw new ArgumentException($"'{missing.Name}' is required, but is neither offered nor fixed.", "options");
    }

    private static string NameOf(string? given, string id)
    {
        if (given is not null && (given.Length is 0 or > LongestName || !given.All(IsOfName)))
            throw new ArgumentException($"'{given}' is not a valid name of a tool: up to 64 letters, digits, underscores and hyphens.");
        return given ?? string.Concat(id.Take(LongestName).Select(static c => IsOfName(c) ? c : '_'));
    }

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    private static string DescriptionOf(ModelInfo model)
    {
        var parts = new[] { model.Title, model.Description, model.Category is null ? null : $"Category: {model.Category}." }.OfType<string>();
        return string.Join(' ', parts) is { Length: > 0 } text ? text : $"Runs {model.Endpoint.Id}.";
    }
}
