using Zoetrope.Cli.Models;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Validation;

namespace Zoetrope.Cli.Batches;

/// <summary>A model of a batch, and the one provider that runs it: a job that is resumed must be the one that was begun.</summary>
/// <param name="Target">The model.</param>
/// <param name="Provider">The provider.</param>
internal sealed record BatchModel(ModelTarget Target, Provider Provider)
{
    /// <summary>The provider's id of the model.</summary>
    public string EndpointId => Target.Neutral?.EndpointId(Provider.Name) ?? Target.Name;

    /// <summary>The model at the provider; null where this build has no document of it.</summary>
    public ModelEndpoint? Endpoint => ModelTarget.FindEndpoint(Provider, EndpointId)?.Endpoint;

    /// <summary>Validates an input, which is not yet that of the provider.</summary>
    public ValidationResult Validate(RawJson input) => Target switch
    {
        { Neutral: { } neutral } => neutral.Validate(Provider.Name, input),
        { Parameters: null } => default,
        _ => Endpoint!.Validate(input),
    };

    /// <summary>The input as the provider takes it.</summary>
    public RawJson Map(RawJson input, ICollection<string> warnings) => Target.Neutral?.MapRequest(Provider.Name, input, warnings) ?? input;
}
