using Zoetrope.Extensions.AI.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Extensions.AI.Tools;

/// <summary>How a model is offered to a language model.</summary>
public sealed class ModelToolOptions
{
    /// <summary>The name of the tool: up to 64 letters, digits, underscores and hyphens. Null, the default, makes one of the id of the model.</summary>
    public string? Name { get; init; }

    /// <summary>What the tool does, for the language model; null, the default, for what the model's document says.</summary>
    public string? Description { get; init; }

    /// <summary>The parameters that the language model may set, by the names of the model's document; null, the default, for all that are not fixed.</summary>
    public IReadOnlyList<string>? Parameters { get; init; }

    /// <summary>Parameters that are the same in each call, and that the language model does not see; none by default.</summary>
    public IReadOnlyDictionary<string, RawJson> FixedArguments { get; init; } = new Dictionary<string, RawJson>();

    /// <summary>The most jobs that the tool submits as long as it exists; null, the default, for any number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int? MaxCalls
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1);
            field = value;
        }
    }

    /// <summary>How jobs are submitted and waited for. A limit of the cost among the options of a submit gives way to that of the tool.</summary>
    public GenerationSettings Settings { get; init; } = new();
}
