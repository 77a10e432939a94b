namespace Zoetrope.Validation;

/// <summary>The issues of a request; empty when it is valid.</summary>
public readonly struct ValidationResult
{
    private readonly IReadOnlyList<ValidationIssue>? _issues;

    /// <summary>
    /// Initializes a new instance of the <see cref="ValidationResult"/> class with issues; null or an empty list means that the request is valid.
    /// </summary>
    public ValidationResult(IReadOnlyList<ValidationIssue>? issues) => _issues = issues;

    /// <summary>Whether the request is valid.</summary>
    public bool IsValid => _issues is null || _issues.Count == 0;

    /// <summary>The issues, in the order of the request's members.</summary>
    public IReadOnlyList<ValidationIssue> Issues => _issues ?? [];

    /// <summary>Validates a model.</summary>
    public static ValidationResult Of<T>(T model)
        where T : IValidatable
    {
        var context = new ValidationContext();
        model.Validate(ref context);
        return context.ToResult();
    }

    /// <summary>Throws if there is an issue.</summary>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    public void ThrowIfInvalid()
    {
        if (!IsValid)
            throw new RequestValidationException(this);
    }
}
