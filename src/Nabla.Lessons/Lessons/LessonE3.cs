using static Nabla.Blank;

namespace Nabla.Lessons;

internal static class LessonE3
{
    private const double LearningRate = 0.1;

    // The target lies 1.5 above σ(2.8), so that the error is the lesson's.
    private const string Program =
        "o1 = 0.4\no2 = 0.5\nw11 = 2\nw21 = 4\nt = 2.4426758241011313\na = w11 * o1\nb = w21 * o2\ns = a + b\no = sigmoid(s)\ne = t - o\nE = e^2";

    public static Lesson Lesson { get; } = new(
        "E3",
        new("How much a weight has to change", "가중치를 얼마나 바꿀까"),
        new("∂E/∂w = −(t − o)·σ(1 − σ)·oⱼ, by hand and by the engine.", "∂E/∂w = −(t − o)·σ(1 − σ)·oⱼ를 손으로도, 엔진으로도 구합니다."),
        new TextSection(
            """
            An output node takes the outputs o₁ = 0.4 and o₂ = 0.5 of two hidden nodes over the weights 2 and 4. Its sum is Σ = 0.8 + 2.0 = 2.8, and σ(2.8) = 0.943. Its error is
            e = t − o = 1.5. In which direction, and how far, should the weight w₁₁ move?

            The loss is E = (t − o)². The chain rule goes from E over o and the sum to the weight: (t − o) says how wrong, σ(1 − σ) how sensitive the sigmoid is, and oⱼ how much this weight
            had to say. The rule as it is taught: **∂E/∂w = −(t − o)·σ(1 − σ)·oⱼ**.

            Look closely: the derivative of a square brings a **factor 2**, and here it is missing. It is folded into the learning rate, which we choose anyway. The table
            shows the taught value −0.0324 and beside it the exact gradient, twice as large. With α = 0.1 the new weight is 2 − 0.1·(−0.0324) = **2.00324**, and the exact
            gradient with α = 0.05 takes exactly the same step.
            """,
            """
            출력 노드가 은닉 노드 둘의 출력 o₁ = 0.4, o₂ = 0.5를 가중치 2와 4로 받습니다. 합은 Σ = 0.8 + 2.0 = 2.8이고 σ(2.8) = 0.943입니다. 오차는 e = t − o =
            1.5입니다. 가중치 w₁₁은 어느 쪽으로 얼마나 움직여야 할까요?

            손실은 E = (t − o)²입니다. 연쇄 법칙은 E에서 o와 합을 거쳐 가중치로 갑니다. (t − o)는 얼마나 틀렸는지, σ(1 − σ)는 시그모이드가 얼마나 민감한지, oⱼ는
            이 가중치의 목소리가 얼마나 컸는지를 말합니다. 배우는 규칙은 **∂E/∂w = −(t − o)·σ(1 − σ)·oⱼ**입니다.

            잘 보면 제곱을 미분할 때 나오는 **인수 2**가 빠져 있습니다. 어차피 우리가 고르는 학습률에 넣어 둔 것입니다. 표에는 배운 값 −0.0324와 그 두 배인 정확한
            기울기가 나란히 있습니다. α = 0.1이면 새 가중치는 2 − 0.1·(−0.0324) = **2.00324**이고, 정확한 기울기를 α = 0.05로 쓰면 똑같은 스텝이 됩니다.
            """),
        new TableSection(["Σ", "σ(Σ)", "σ(1 − σ)", "e = t − o"], Factors),
        new TableSection(
            [new("weight", "가중치"), new("as taught", "배운 규칙"), new("exact gradient", "정확한 기울기"), new("new weight, α = 0.1 as taught", "새 가중치 (배운 규칙, α = 0.1)"),
                new("new weight, α = 0.05 exact", "새 가중치 (정확한 기울기, α = 0.05)")],
            Changes),
        new GraphSection(Program) { Title = new("The exact gradient, gate by gate", "정확한 기울기를 게이트마다") },
        new QuizSection(
            "quiz-1",
            new("A hidden node put out oⱼ = 0. How does its weight change in this step?", "은닉 노드의 출력이 oⱼ = 0입니다. 이 스텝에서 그 가중치는 어떻게 바뀔까요?"),
            [
                new("Not at all", "바뀌지 않습니다"),
                new("It grows", "커집니다"),
                new("It becomes 0", "0이 됩니다"),
            ],
            right: 0,
            new("oⱼ is a factor of the gradient: a weight that carried nothing is not to blame.", "oⱼ가 기울기에 곱해집니다. 아무것도 나르지 않은 가중치는 책임이 없습니다.")),
        new ExerciseSection(
            "exercise-1",
            new("Compute the exact gradient of E = (t − o)², the factor 2 included. Three digits are enough.",
                "인수 2를 포함한 E = (t − o)²의 정확한 기울기를 구하세요. 세 자리까지만 쓰면 됩니다."),
            Program,
            Value("s"), Value("o"), Value("e"), Upstream("e"), Upstream("o"), Local("o", "s"), Upstream("s"), Downstream("w11"), Downstream("w21")));

    private static IEnumerable<BilingualText[]> Changes()
    {
        ExpressionResult network = Expression.Parse(Program).Evaluate();
        Gradients exact = network.Output.Backward();
        Gradients taught = (network.Output / 2).Backward();
        foreach (string name in new[] { "w11", "w21" })
        {
            Tensor weight = network.Inputs[name];
            Tensor byRule = weight - (LearningRate * taught[weight]), byGradient = weight - (LearningRate / 2 * exact[weight]);
            yield return [name, Written.Text(taught[weight], 5), Written.Text(exact[weight], 5), Written.Text(byRule), Written.Text(byGradient)];
        }
    }

    private static IEnumerable<BilingualText[]> Factors()
    {
        GraphView view = Expression.Parse(Program).Evaluate().View();
        (double sum, double output, double error) = (Value("s"), Value("o"), Value("e"));
        double local = view.Into(view.Node("o").Id).Single().Local!.Values.Elements[0];
        yield return [Written.Text(sum), Written.Text(output), Written.Text(local, 5), Written.Text(error)];

        double Value(string name) => view.ValueOf(view.Node(name).Id)[0];
    }
}
