using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Operations.Content;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>What the operations of one API share while they are bound.</summary>
/// <param name="Name">The class of the API.</param>
/// <param name="Types">The types that they share.</param>
/// <param name="Errors">Which errors are the same.</param>
/// <param name="Keys">How the client sends its key.</param>
/// <param name="Locked">The locked names.</param>
/// <param name="Problems">Where problems are reported.</param>
/// <param name="Rules">What is made of rules that descriptions state in words.</param>
internal sealed record ApiContext(
    string Name, SharedTypes Types, ErrorShapes Errors, ApiKeys Keys, LockedNames Locked, BindingProblems Problems, RuleMode Rules);
