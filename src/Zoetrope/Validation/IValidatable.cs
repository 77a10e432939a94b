namespace Zoetrope.Validation;

/// <summary>A model that can be validated before it is sent and billed.</summary>
public interface IValidatable
{
    /// <summary>Reports every issue to <paramref name="context"/>. Does not allocate if there is none.</summary>
    void Validate(ref ValidationContext context);
}
