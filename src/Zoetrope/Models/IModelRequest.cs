using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Models;

/// <summary>The input of a model: JSON that validates itself.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IModelRequest<TSelf> : IJsonModel<TSelf>, IValidatable
    where TSelf : class, IModelRequest<TSelf>;
