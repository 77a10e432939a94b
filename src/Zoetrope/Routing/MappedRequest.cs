using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Routing;

/// <summary>A neutral input in the form that the provider accepts.</summary>
/// <param name="Input">The provider's input.</param>
/// <param name="Request">The same as the type of the provider's model.</param>
/// <param name="Validation">What is not valid in it, at the neutral parameters.</param>
/// <param name="Lost">What was given and is not in it, because the provider cannot take it: such an input is never sent, even without validation.</param>
/// <param name="Warnings">What the provider does not support and is omitted.</param>
/// <param name="Missing">The same as the beginning of a sentence.</param>
internal sealed record MappedRequest(
    RawJson Input, object Request, ValidationResult Validation, IReadOnlyList<ValidationIssue> Lost, IReadOnlyList<string> Warnings, string Missing);
