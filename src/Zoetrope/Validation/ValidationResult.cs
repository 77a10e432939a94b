namespace Zoetrope.Validation;

/// <summary>Everything that is wrong with a request; empty when it may be sent.</summary>
public readonly struct ValidationResult
{
    private readonly IReadOnlyList<ValidationIssue>? _issues;

    /// <summary>Wraps issues; null or none means valid.</summary>
    public ValidationResult(IReadOnlyList<ValidationIssue>? issues) => _issues = issues;

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsValid => _issues is null || _issues.Count == 0;

    /// <summary>The problems, in the order of the request's members.</summary>
    public IReadOnlyList<ValidationIssue> Issues => _issues ?? [];

    /// <summary>Validates a model.</summary>
    public static ValidationResult Of<T>(T model)
        where T : IValidatable
    {
        var context = new ValidationContext();
        model.Validate(ref context);
        return context.ToResult();
    }

    /// <summary>Throws when something is wrong.</summary>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    public void ThrowIfInvalid()
    {
        if (!IsValid)
            throw new RequestValidationException(this);
    }
}
