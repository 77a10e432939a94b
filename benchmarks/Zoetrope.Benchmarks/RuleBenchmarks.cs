using BenchmarkDotNet.Attributes;
using Zoetrope.Benchmarks.Models;
using Zoetrope.Validation;

namespace Zoetrope.Benchmarks;

/// <summary>
/// What the rules that a document has only in words add to the validation of a valid request: the same model with twelve of them
/// (<c>specs/rules-in-words.json</c>) and with none (<c>specs/no-rules.json</c>).
/// </summary>
[MemoryDiagnoser]
public class RuleBenchmarks
{
    private readonly BenchRulesInWords.Request _with = new()
    {
        Prompt = Samples.FirstShot, ImageUrl = Samples.ImageUrl, EndImageUrl = Samples.ImageUrl, MaskUrl = Samples.ImageUrl,
        Duration = 5, Width = 1280, Height = 720, Images = [Samples.ImageUrl], Elements = ["the character"], NegativePrompt = "blur", Fps = 24,
    };

    private readonly BenchNoRules.Request _without = new()
    {
        Prompt = Samples.FirstShot, ImageUrl = Samples.ImageUrl, EndImageUrl = Samples.ImageUrl, MaskUrl = Samples.ImageUrl,
        Duration = 5, Width = 1280, Height = 720, Images = [Samples.ImageUrl], Elements = ["the character"], NegativePrompt = "blur", Fps = 24,
    };

    [GlobalSetup]
    public void Check()
    {
        if (!NoRulesInWords() || !TwelveRulesInWords() || ValidationResult.Of(new BenchRulesInWords.Request { Prompt = "x", Fps = 61 }).Issues.Count != 2)
            throw new InvalidOperationException("The rules are not enforced, or a valid request is refused.");
    }

    [Benchmark(Baseline = true)]
    public bool NoRulesInWords() => ValidationResult.Of(_without).IsValid;

    [Benchmark]
    public bool TwelveRulesInWords() => ValidationResult.Of(_with).IsValid;
}
