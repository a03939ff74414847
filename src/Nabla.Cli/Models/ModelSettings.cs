namespace Nabla.Cli.Models;

/// <summary>What a network is made of: enough to build it again before its weights are loaded.</summary>
/// <param name="Model">linear, mlp, cnn or rnn.</param>
/// <param name="Hidden">Units of each hidden layer of an mlp.</param>
/// <param name="Activation">The activation between an mlp's or a cnn's layers.</param>
/// <param name="SampleShape">The extents of one sample: [1, 28, 28] for an image, [features] for a table's row.</param>
/// <param name="Classes">The names of the classes, in order.</param>
internal sealed record ModelSettings(string Model, int[] Hidden, string Activation, int[] SampleShape, string[] Classes);
