using Zoetrope.Errors;

namespace Zoetrope.Validation;

/// <summary>A request is not valid. Nothing was sent.</summary>
public sealed class RequestValidationException(ValidationResult result)
    : ZoetropeException("The request is not valid, and was not sent: " + string.Join("; ", result.Issues))
{
    /// <summary>The result of the validation, with all issues.</summary>
    public ValidationResult Result { get; } = result;
}
