/** What a person can set about a training, and how it stands in the address. */
export interface Point { x: number; y: number; label: 0 | 1; isTest?: boolean }
export interface DataSettings { kind: string; count: number; noise: number; seed: number; points: Point[] }
export interface NetworkSettings { hidden: number[]; activation: string; features: string[] }
export interface TrainingSettings {
  optimizer: string; learningRate: number; batchSize: number; regularization: string; regularizationRate: number; seed: number; speed: number;
}
export interface Settings { data: DataSettings; network: NetworkSettings; training: TrainingSettings }

export type Numeric = number | string;
export interface Layer {
  weights: Numeric[][]; biases: Numeric[]; weightGradients: Numeric[][]; biasGradients: Numeric[]; gradientNorm: Numeric; units: string[];
}
export interface State {
  step: number; epoch: number; running: boolean; fault?: string; trainLoss: Numeric; testLoss: Numeric; trainAccuracy: number; testAccuracy: number;
  boundarySize: number; unitSize: number; boundary: string; layers: Layer[];
}

export const mostLayers = 6, mostUnits = 16;
export const kinds = ["circles", "spirals", "xor", "blobs", "points"] as const;
export const activations = ["tanh", "relu", "sigmoid", "leakyrelu", "gelu", "silu", "elu", "softplus", "identity"];
export const features = ["x", "y", "x²", "y²", "xy", "sin πx", "sin πy"];
export const optimizers = ["sgd", "momentum", "adam"];
export const regularizations = ["none", "l1", "l2"];
export const rates = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3];
export const speeds = [1, 5, 20, 100, 1000, 0];

export const usual: Settings = {
  data: { kind: "circles", count: 200, noise: 0.06, seed: 1, points: [] },
  network: { hidden: [6, 4], activation: "tanh", features: ["x", "y"] },
  training: { optimizer: "sgd", learningRate: 0.3, batchSize: 16, regularization: "none", regularizationRate: 0.001, seed: 1, speed: 100 },
};

/** One training for two deep networks, of which one learns: with plain descent neither does in a time that one watches. */
const deep: TrainingSettings = { ...usual.training, optimizer: "adam", learningRate: 0.01, seed: 3, speed: 20 };

export const presets: { name: readonly [string, string]; settings: Settings }[] = [
  { name: ["Two circles", "두 개의 원"], settings: usual },
  {
    name: ["Vanishing gradients", "사라지는 기울기"],
    settings: {
      ...usual,
      network: { hidden: [6, 6, 6, 6, 6, 6], activation: "sigmoid", features: ["x", "y"] },
      training: deep,
    },
  },
  {
    name: ["… and their cure: ReLU", "… 그 해결책: ReLU"],
    settings: {
      ...usual,
      network: { hidden: [6, 6, 6, 6, 6, 6], activation: "relu", features: ["x", "y"] },
      training: deep,
    },
  },
  {
    name: ["Two spirals", "두 개의 나선"],
    settings: {
      data: { ...usual.data, kind: "spirals", count: 400, noise: 0.02 },
      network: { hidden: [16, 16], activation: "tanh", features: ["x", "y"] },
      training: { ...usual.training, optimizer: "adam", learningRate: 0.02, batchSize: 32, speed: 1000 },
    },
  },
  {
    name: ["One neuron and XOR", "뉴런 하나와 XOR"],
    settings: { ...usual, data: { ...usual.data, kind: "xor" }, network: { hidden: [], activation: "tanh", features: ["x", "y"] } },
  },
];

/** A number that JSON may have written as a text. */
export function number(value: Numeric): number {
  return typeof value === "number" ? value : Number(value);
}

export function toFragment(settings: Settings): string {
  return `#/train?s=${encodeURIComponent(JSON.stringify(settings))}`;
}

/** The settings in an address; the usual ones where there are none or they are not whole. */
export function fromQuery(query: URLSearchParams): Settings {
  try {
    const read = JSON.parse(query.get("s") ?? "") as Partial<Settings>;
    return { data: { ...usual.data, ...read.data }, network: { ...usual.network, ...read.network }, training: { ...usual.training, ...read.training } };
  } catch {
    return structuredClone(usual);
  }
}

export function bytes(text: string): Uint8Array {
  return Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
}
