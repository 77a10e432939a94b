namespace Zoetrope.Faults.Tests;

/// <summary>The key is in no exception, however the service wrote it.</summary>
internal static class SecretRules
{
    public static IEnumerable<string> Violations(Outcome outcome)
    {
        if (outcome.Thrown is not { } thrown)
            return [];
        return ExceptionTexts.Of(thrown).Where(text => KeySearch.Holds(text.Text)).Select(text => $"the key is in {text.Where}").Distinct().Take(3);
    }
}
