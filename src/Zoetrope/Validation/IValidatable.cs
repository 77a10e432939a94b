namespace Zoetrope.Validation;

/// <summary>A model that can tell what is wrong with itself before it is sent and paid for.</summary>
public interface IValidatable
{
    /// <summary>Reports every problem to <paramref name="context"/>. Allocates nothing when there is none.</summary>
    void Validate(ref ValidationContext context);
}
